// Answers given without network wait on this device, in the order they were given. Everything works without this file.
(() => {
  const copied = (button) => {
    const field = document.getElementById(button.dataset.copy);
    field.select();
    navigator.clipboard.writeText(field.value).then(() => {
      button.parentElement.querySelector("[data-copied]").textContent = "Copié.";
    }, () => {});
  };
  if (navigator.clipboard) {
    document.querySelectorAll("[data-copy]").forEach((button) => {
      button.hidden = false;
      button.addEventListener("click", () => copied(button));
    });
  }

  const form = document.querySelector("form[data-respondent]");
  if (!form) return;
  const key = `reponses:${form.dataset.respondent}`;
  const here = location.pathname;
  const state = document.getElementById("etat");
  const WAITS = "Sans réseau, elle attend sur ce téléphone. Elle partira dès que le réseau revient.";

  const read = () => {
    try { return JSON.parse(localStorage.getItem(key)) || []; } catch { return []; }
  };
  const write = (queue) => {
    try { queue.length ? localStorage.setItem(key, JSON.stringify(queue)) : localStorage.removeItem(key); } catch { /* private browsing */ }
  };
  const hold = (url, value) => write([...read().filter((item) => item.url !== url), { url, value }]);
  const drop = (url, value) => write(read().filter((item) => item.url !== url || item.value !== value));
  const say = (text) => {
    const line = document.createElement("p");
    line.className = "saved waits";
    line.textContent = text;
    state.replaceChildren(line);
  };

  // The answer of this page may still wait: show it as it was chosen.
  const mine = read().find((item) => item.url === here);
  const radio = mine && [...form.elements.value].find((input) => input.value === mine.value);
  if (radio) { radio.checked = true; say(WAITS); }

  form.addEventListener("change", (event) => {
    if (event.target.name === "value") hold(here, event.target.value);
  });

  // What became of an answer; true when the next one may leave.
  const settle = (status, text, url, value) => {
    const done = status >= 200 && status < 300;
    if (done || status === 400 || status === 404) drop(url, value);
    else if (!status || status >= 500) say(WAITS);
    else if (isPage(text)) say("Cette page est trop ancienne pour enregistrer. La réponse est gardée ici : rechargez la page.");
    return done;
  };
  const isPage = (text) => /^\s*<!doctype/i.test(text);

  let sending = false;
  const send = async () => {
    const [first] = read();
    if (!first || sending || !navigator.onLine) return;
    if (first.url === here) { htmx.trigger(form, "change"); return; }
    sending = true;
    const body = new URLSearchParams({ value: first.value, csrfmiddlewaretoken: form.elements.csrfmiddlewaretoken.value });
    const [status, text] = await fetch(first.url, { method: "POST", headers: { "HX-Request": "true" }, body })
      .then(async (response) => [response.status, await response.text()], () => [0, ""]);
    sending = false;
    if (settle(status, text, first.url, first.value)) {
      say("Les réponses qui attendaient sur cet appareil sont enregistrées.");
      send();
    } else if (status && status < 500 && !isPage(text)) state.innerHTML = text;
  };

  document.addEventListener("htmx:beforeSwap", (event) => {
    const { xhr } = event.detail;
    // A refusal told by a fragment is shown; a whole page is not.
    if (xhr.status >= 400 && !isPage(xhr.responseText)) event.detail.shouldSwap = true;
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    const { xhr, requestConfig } = event.detail;
    if (settle(xhr.status, xhr.responseText, requestConfig.path, requestConfig.parameters.value)) send();
  });

  form.addEventListener("submit", (event) => {
    if (!navigator.onLine) { event.preventDefault(); say(WAITS); }
  });
  addEventListener("online", send);
  addEventListener("load", send);
})();
