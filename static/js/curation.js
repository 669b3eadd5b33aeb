// What is written while an answer is on its way stays: the answer shows the form as it was when it left.
// Without this file, and without htmx, every button brings the whole page back.
(() => {
  const isTick = (field) => field.type === "checkbox" || field.type === "radio";
  // Hidden fields count the lines: theirs are the answer's.
  const fields = () => [...document.querySelectorAll("form.case-form :is(input, textarea, select)")]
    .filter((field) => field.name && field.type !== "hidden");
  const key = (field) => (isTick(field) ? `${field.name}=${field.value}` : field.name);
  let written = new Map();
  document.addEventListener("htmx:beforeSwap", () => {
    written = new Map(fields().map((field) => [key(field), isTick(field) ? field.checked : field.value]));
  });
  document.addEventListener("htmx:afterOnLoad", () => {
    fields().filter((field) => written.has(key(field))).forEach((field) => {
      const now = written.get(key(field));
      if (isTick(field)) field.checked = now;
      else if (field.value !== now) field.value = now;
    });
    written = new Map();
  });
})();
