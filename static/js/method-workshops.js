// A workshop: what is typed survives every refresh, cards wait for the network, the clock runs, cards are dragged.
// Everything works without this file: each act is a form, and a link shows where the table is.
(() => {
  const table = document.querySelector("[data-table]");
  const root = () => document.querySelector("#etat, #console, #mur");
  const show = (id, shown) => { const one = document.getElementById(id); if (one) one.hidden = !shown; };
  const announce = (text) => { const one = document.getElementById("annonce"); if (one && one.textContent !== text) one.textContent = text; };

  // --- what is typed, ticked or unfolded stays across a refresh ---
  const ticks = (field) => /^(checkbox|radio)$/.test(field.type);
  const usual = (list) => Math.max(0, [...list.options].findIndex((option) => option.defaultSelected));
  const changed = (field) => {
    if (ticks(field)) return field.checked !== field.defaultChecked;
    if (field.tagName === "SELECT") return field.selectedIndex !== usual(field);
    return field.type !== "hidden" && field.value !== field.defaultValue;
  };
  const isText = (field) => field.tagName === "TEXTAREA" || field.type === "text";
  // The version that a text was typed over goes with it: a newer one would let it replace another person’s unseen.
  const base = (field) => isText(field) && field.form && field.form.elements.namedItem("version");
  let kept = null, posted = 0, dragged = null;

  // The first press brings the button of the next stage under the same finger: a double click would skip a stage for everyone.
  document.addEventListener("click", (event) => {
    if (event.detail > 1 && event.target.closest("#avant")) { event.preventDefault(); event.stopPropagation(); }
  }, true);

  document.addEventListener("htmx:beforeRequest", (event) => { event.detail.requestConfig.asked = performance.now(); });
  document.addEventListener("htmx:beforeSwap", (event) => {
    const { detail } = event, { verb, asked, elt } = detail.requestConfig, target = detail.target;
    if ([409, 422].includes(detail.xhr.status)) { detail.shouldSwap = true; detail.isError = false; }
    if (!detail.shouldSwap || target !== root()) return;
    // A look that left before something was sent knows nothing of it; a card in the hand stays in the hand.
    if (verb === "get" && (asked < posted || dragged)) { detail.shouldSwap = false; return; }
    if (verb !== "get") posted = performance.now();
    const typed = [...target.querySelectorAll("input, textarea, select")].filter((field) => field.id && field.form !== elt && changed(field));
    const lost = typed.some((field) => isText(field) && field.value.trim() && !detail.serverResponse.includes(`id="${field.id}"`));
    show("avance", lost && verb === "get");
    if (lost && verb === "get") { detail.shouldSwap = false; return; }
    kept = {
      fields: typed.map((field) => [field.id, ticks(field) ? field.checked : field.value, (base(field) || {}).value]),
      unfolded: [...target.querySelectorAll("details[open][id]")].map((one) => one.id),
      stage: target.dataset.stage,
    };
  });
  document.addEventListener("htmx:afterSwap", () => {
    if (!kept) return;
    const { fields, unfolded, stage } = kept;
    kept = null;
    fields.forEach(([id, value, version]) => {
      const field = document.getElementById(id);
      if (!field) return;
      if (version && base(field)) base(field).value = version;
      if (ticks(field)) field.checked = value;
      else field.value = value;
    });
    unfolded.forEach((id) => { const one = document.getElementById(id); if (one) one.open = true; });
    count();
    const now = root();
    if (now && now.dataset.stage !== stage) {
      const title = now.querySelector("h2, [aria-current]");
      announce(title ? `L’atelier avance : ${title.textContent.trim()}.` : "L’atelier avance.");
    }
  });

  // --- the network ---
  for (const name of ["htmx:sendError", "htmx:timeout", "htmx:responseError"]) document.addEventListener(name, () => show("horsligne", true));
  document.addEventListener("htmx:afterOnLoad", (event) => { if (event.detail.xhr.status < 500) show("horsligne", false); });

  // --- the clock goes on from what the server said; it locks nothing ---
  let clock = null, left = 0, since = 0, ends = "", told = new Set();
  const tick = () => {
    const shown = document.querySelector("[data-left]");
    if (!shown) { ends = ""; return; }
    if (shown !== clock) { clock = shown; left = Number(shown.dataset.left); since = performance.now(); }
    const now = Math.round(left - (performance.now() - since) / 1000), size = Math.max(now, 0);
    if (shown.dataset.ends !== ends) {
      ends = shown.dataset.ends;
      told = new Set(now <= 60 ? [60] : []);
      if (now > 0) announce(`Minuteur : ${shown.querySelector("span").textContent}.`);
      else told.add(0);
    }
    shown.querySelector("b").textContent = `${Math.floor(size / 60)}:${String(size % 60).padStart(2, "0")}`;
    if (now <= 60 && !told.has(60)) { told.add(60); announce("Il reste une minute."); }
    if (now <= 0) {
      shown.classList.add("late");
      shown.querySelector("span").textContent = "Le temps prévu est passé. Rien ne se ferme tout seul.";
      if (!told.has(0)) { told.add(0); announce("Le temps prévu est passé. Rien ne se ferme tout seul."); }
    }
  };
  setInterval(tick, 500);
  tick();

  // --- putting cards together: how many are ticked, and by hand ---
  const count = () => {
    const line = document.querySelector("[data-ticked]");
    if (line) line.textContent = `(${document.querySelectorAll("[data-board] [name=card]:checked").length})`;
  };
  document.addEventListener("change", (event) => { if (event.target.name === "card") count(); });
  count();
  const pileOf = (event) => dragged && event.target.closest && event.target.closest("[data-pile]");
  const light = (pile) => document.querySelectorAll("[data-pile]").forEach((one) => one.classList.toggle("over", one === pile));
  document.addEventListener("dragstart", (event) => {
    const card = event.target.closest && event.target.closest("[data-card]");
    if (!card || !card.closest("[data-board]")) return;
    dragged = card;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", card.dataset.card);
  });
  document.addEventListener("dragover", (event) => {
    const pile = pileOf(event);
    light(pile);
    if (pile) event.preventDefault();
  });
  document.addEventListener("dragend", () => { dragged = null; light(null); });
  document.addEventListener("drop", (event) => {
    const pile = pileOf(event);
    if (!pile) return;
    event.preventDefault();
    const form = pile.closest("[data-board]"), ticked = [...form.querySelectorAll("[name=card]:checked")].map((box) => box.value);
    const one = dragged.dataset.card, card = ticked.includes(one) ? ticked : [one];
    dragged = null;
    light(null);
    const values = { act: "place:", pile: pile.dataset.pile, card, csrfmiddlewaretoken: form.elements.csrfmiddlewaretoken.value };
    htmx.ajax("POST", form.getAttribute("action"), { source: root(), target: root(), swap: "outerHTML", values });
  });

  // --- a card typed without network is kept here, and sent once when it returns ---
  if (!table) return;
  const store = `atelier:${table.dataset.me}`, waiting = document.getElementById("attente");
  const read = () => { try { return JSON.parse(localStorage.getItem(store)) || []; } catch { return []; } };
  const write = (queue) => { try { localStorage.setItem(store, JSON.stringify(queue)); } catch { /* private browsing */ } draw(queue); };
  const draw = (queue) => {
    waiting.hidden = !queue.length;
    waiting.querySelector("ul").replaceChildren(...queue.map((card) => {
      const line = document.createElement("li"), why = document.createElement("p");
      line.textContent = card.text;
      why.className = "note";
      why.textContent = card.why || "Partira dès que possible.";
      line.append(why);
      if (card.why) {
        const drop = document.createElement("button");
        drop.type = "button";
        drop.className = "as-link";
        drop.textContent = "J’ai copié ce texte, l’effacer d’ici";
        drop.addEventListener("click", () => write(read().filter((other) => other.key !== card.key)));
        line.append(drop);
      }
      return line;
    }));
  };
  let sending = false;
  const send = async () => {
    const next = read().find((card) => !card.why);
    if (sending || !next) return;
    sending = true;
    const body = new URLSearchParams({ act: "card:", text: next.text, pillar: next.pillar, key: next.key });
    const headers = { "X-CSRFToken": table.dataset.token, Accept: "application/json" };
    const answer = await fetch(table.dataset.send, { method: "POST", body, headers, redirect: "manual" }).catch(() => null);
    sending = false;
    show("horsligne", !answer);
    if (!answer || answer.status >= 500) return;
    if (answer.ok) write(read().filter((card) => card.key !== next.key));
    else {
      const said = await answer.json().catch(() => ({}));
      write(read().map((card) => (card.key === next.key ? { ...card, why: said.message || "Cette carte n’est pas partie : rechargez la page." } : card)));
    }
    posted = performance.now();
    if (read().some((card) => !card.why)) send();
    else htmx.ajax("GET", table.dataset.send, { target: "#etat", swap: "outerHTML" });
  };
  document.addEventListener("submit", (event) => {
    const form = event.target, field = form.elements.text;
    if (!form.matches("[data-card]") || !field.value.trim()) return;
    event.preventDefault();
    event.stopPropagation();
    const key = crypto.randomUUID ? crypto.randomUUID() : form.elements.key.value;
    write([...read(), { key, text: field.value.trim(), pillar: form.elements.pillar.value }]);
    field.value = field.defaultValue = "";
    form.elements.pillar.value = "";
    show("avance", false);
    field.focus();
    send();
  }, true);
  draw(read());
  addEventListener("online", send);
  setInterval(send, 5000);
  send();
})();
