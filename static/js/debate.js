// A live debate: arrow keys, the clock, full screen, and what a phone keeps. Everything works without this file.
(() => {
  // The slide follows the arrows, on the console as on the projector's page; not while somebody types.
  const KEYS = { ArrowRight: "ArrowRight", PageDown: "ArrowRight", ArrowLeft: "ArrowLeft", PageUp: "ArrowLeft" };
  document.addEventListener("keydown", (event) => {
    const key = KEYS[event.key];
    if (!key || event.repeat || event.altKey || event.ctrlKey || event.metaKey || event.target.closest("input, textarea, select")) return;
    const button = document.querySelector(`[data-key="${key}"]`);
    if (button) { event.preventDefault(); button.click(); }
  });

  // The clock goes on from what the server said.
  let clock = null, left = 0, since = 0;
  const tick = () => {
    const shown = document.querySelector("[data-left]");
    if (!shown) return;
    if (shown !== clock) { clock = shown; left = Number(shown.dataset.left); since = performance.now(); }
    const now = Math.round(left - (performance.now() - since) / 1000), size = Math.abs(now);
    shown.classList.toggle("late", now < 0);
    shown.querySelector("b").textContent = `${Math.floor(size / 60)}:${String(size % 60).padStart(2, "0")}`;
    shown.querySelector("span").textContent = now < 0 ? "de dépassement" : "pour cette séquence";
  };
  if (document.querySelector("#console")) setInterval(tick, 500);

  const offer = () => {
    const button = document.querySelector("[data-fullscreen]");
    if (button && document.fullscreenEnabled) button.hidden = Boolean(document.fullscreenElement);
  };
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-fullscreen]")) document.documentElement.requestFullscreen().catch(() => {});
  });
  document.addEventListener("fullscreenchange", offer);
  document.addEventListener("htmx:afterSettle", offer);
  offer();

  // A phone. Words being typed are not thrown away by a page that moves on; a lost network is said.
  const lost = document.getElementById("horsligne");
  if (!lost) return;
  let posted = 0;
  document.addEventListener("htmx:beforeRequest", (event) => { event.detail.requestConfig.asked = performance.now(); });
  document.addEventListener("htmx:beforeSwap", (event) => {
    const typed = document.querySelector("textarea[name=text]");
    const waits = typed && typed.value.trim() && typed.value.trim() !== typed.defaultValue.trim();
    const { requestConfig, serverResponse } = event.detail;
    // A look that left before a vote did knows nothing of it.
    if (requestConfig.verb === "post") posted = performance.now();
    else if (requestConfig.asked < posted) event.detail.shouldSwap = false;
    if (waits && requestConfig.verb === "get" && !serverResponse.includes(`id="${typed.id}"`)) event.detail.shouldSwap = false;
  });
  document.addEventListener("htmx:beforeOnLoad", (event) => {
    // The field is kept as it is across a swap: only here does it learn that its words have arrived.
    const { requestConfig, xhr } = event.detail, typed = document.querySelector("textarea[name=text]");
    if (typed && requestConfig.verb === "post" && xhr.status === 200) typed.defaultValue = requestConfig.parameters.text || "";
  });
  const say = (hidden) => () => { lost.hidden = hidden; };
  for (const name of ["htmx:sendError", "htmx:timeout", "htmx:responseError"]) document.addEventListener(name, say(false));
  document.addEventListener("htmx:afterOnLoad", (event) => { if (event.detail.xhr.status < 500) lost.hidden = event.detail.xhr.status < 400 || [409, 422].includes(event.detail.xhr.status); });
})();
