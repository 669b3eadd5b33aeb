// The seven steps of a partnership: the number beside the checklist follows the boxes that are ticked.
(() => {
  const follow = (event) => {
    const list = event.target.closest && event.target.closest("[data-counted]");
    if (!list) return;
    const done = list.querySelectorAll("input[type=checkbox]:checked").length;
    list.querySelector("[data-count]").textContent = done;
    list.querySelector("progress").value = done;
  };
  document.addEventListener("change", follow);
  document.addEventListener("field:put", follow);
})();
