// The sliders of the simulator: the number beside each, what was tried kept when figures are read again, and the value
// that « Garder cette valeur » sends. Without this file the form « Recalculer » does the same.
(() => {
  const bench = document.querySelector("[data-bench]");
  if (!bench) return;
  const tried = new Map(); // name of the slider → its value, while it is not the written one
  const words = new Intl.NumberFormat("fr-FR", { maximumFractionDigits: 2 });
  const form = () => bench.querySelector("[data-essai]");
  const ranges = () => [...bench.querySelectorAll("[data-essai] input[type=range]")];

  const valueOf = (range) => range.closest("[data-slider]").querySelector("[data-value]");
  const said = (range) => {
    const output = valueOf(range);
    const signed = "signed" in output.dataset && Number(range.value) > 0 ? "+" : "";
    return `${signed}${words.format(Number(range.value)).replace("-", "−")}\u00a0${output.dataset.unit}`;
  };
  const show = (range) => {
    const isTried = Number(range.value) !== Number(range.dataset.mid);
    if (isTried) tried.set(range.name, range.value); else tried.delete(range.name);
    const output = valueOf(range);
    output.textContent = said(range);
    range.setAttribute("aria-valuetext", output.textContent);
    const keep = range.parentElement.querySelector(".sim-keep");
    if (keep) keep.hidden = !isTried;
  };
  const follow = () => {
    const query = new URLSearchParams([...tried]).toString();
    bench.querySelectorAll("[data-keep]").forEach((one) => {
      const range = bench.querySelector(`[name="v-${CSS.escape(one.elements.hypothesis.value)}"]`);
      if (range) one.elements.value.value = range.value;
      one.elements.rest.value = query;
    });
    const reset = bench.querySelector("[data-reset]");
    if (reset) reset.hidden = !tried.size;
  };
  const ask = () => { if (form()) form().dispatchEvent(new Event("input", { bubbles: true })); };

  bench.addEventListener("input", (event) => {
    if (!event.target.matches("[data-essai] input[type=range]")) return;
    show(event.target);
    follow();
  });
  bench.addEventListener("click", (event) => {
    if (!event.target.closest("[data-reset]")) return;
    event.preventDefault();
    ranges().forEach((range) => { range.value = range.dataset.mid; show(range); });
    follow();
    ask();
    history.replaceState(null, "", location.pathname + location.hash);
  });
  // Somebody wrote: the page was read again as it is written; what is tried here is tried again on it.
  bench.addEventListener("live:replaced", (event) => {
    if (!["tete", "suite", "curseurs"].includes(event.target.id)) return;
    bench.querySelectorAll("#curseurs [data-unscripted]").forEach((one) => { one.hidden = true; });
    if (event.target.id === "curseurs") {
      ranges().forEach((range) => { if (tried.has(range.name)) { range.value = tried.get(range.name); show(range); } });
      follow();
    }
    if (tried.size) ask();
  });
  // Another sort asks other questions: the page is read again once it is saved.
  const sorts = bench.querySelectorAll("[data-sort] [data-said]");
  sorts.forEach((one) => new MutationObserver(() => { if (one.classList.contains("ok")) location.reload(); })
    .observe(one, { attributes: true, attributeFilter: ["class"] }));
  ranges().forEach((range) => { if (Number(range.value) !== Number(range.dataset.mid)) tried.set(range.name, range.value); });
})();
