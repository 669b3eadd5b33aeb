// Fields saved on their own, the others' writes shown, what is typed without network kept and sent later.
// Everything works without this file: each item is a form that saves what was changed in it.
(() => {
  const bench = document.querySelector("[data-bench]");
  if (!bench) return;
  const store = `champs:${bench.dataset.person}`;
  const token = () => bench.querySelector("[name=csrfmiddlewaretoken]").value;
  const line = document.getElementById("etat");
  const OFFLINE = "Sans réseau : gardé dans ce navigateur, envoyé dès que possible.";
  let seen = Number(bench.dataset.number);
  let mark = "";
  let talk = "";
  let looks = 0;

  // --- the queue: one write a field, the last typed, in this browser until the server has it ---
  const read = () => {
    try { return JSON.parse(localStorage.getItem(store)) || {}; } catch { return {}; }
  };
  let memory = {}; // private browsing: at least while the page is open
  const queue = () => ({ ...memory, ...read() });
  const write = (entries) => {
    memory = entries;
    try { localStorage.setItem(store, JSON.stringify(entries)); } catch { /* kept in memory */ }
  };
  const hold = (name, entry) => write({ ...queue(), [name]: entry });
  const drop = (name, key) => {
    const entries = queue();
    if (entries[name] && (!key || entries[name].key === key)) { delete entries[name]; write(entries); }
  };

  // --- a field on the page: <div data-field="item:code" data-version="3"> with its inputs and a <p data-said> ---
  const box = (name) => bench.querySelector(`[data-field="${CSS.escape(name)}"]`);
  const inputs = (one) => [...one.querySelectorAll("input, textarea, select")].filter((field) => field.name.startsWith("v-"));
  const isTick = (field) => field.type === "checkbox" || field.type === "radio";
  const values = (one) => inputs(one).filter((field) => !isTick(field) || field.checked).map((field) => field.value);
  const put = (one, given) => {
    inputs(one).forEach((field, place) => {
      if (isTick(field)) field.checked = given.includes(field.value);
      else field.value = (inputs(one).length > 1 ? given[place] : given[0]) || "";
    });
    one.dispatchEvent(new CustomEvent("field:put", { bubbles: true }));
  };
  const version = (one, number) => {
    one.dataset.version = number;
    const base = one.querySelector("[data-base]");
    if (base) base.value = number;
  };
  const say = (one, text, tone = "") => {
    const said = one.querySelector("[data-said]");
    if (said) { said.textContent = text; said.className = `said ${tone}`; }
  };

  // --- saving ---
  // ``left``: it was sent, whether its answer came or not. Typed over meanwhile, it goes again before (``first``), under
  // its own key: a text that did arrive is not taken for somebody else’s.
  const typed = (one) => {
    const before = queue()[one.dataset.field];
    const first = before && !before.stopped ? before.first || (before.left ? before : undefined) : undefined;
    hold(one.dataset.field, {
      values: values(one), base: Number(one.dataset.version), key: crypto.randomUUID(), save: bench.dataset.save, first,
    });
    say(one, navigator.onLine ? "Enregistrement…" : OFFLINE);
  };
  let pause;
  bench.addEventListener("input", (event) => {
    const one = event.target.closest("[data-field]");
    if (!one || !event.target.name.startsWith("v-")) return;
    typed(one);
    if (one.querySelector(".shares") && incomplete(one)) return;
    clearTimeout(pause);
    pause = setTimeout(send, 400);
  });
  bench.addEventListener("change", (event) => {
    if (event.target.closest("[data-field]")) { clearTimeout(pause); send(); }
  });

  // Three shares that do not make 100 yet: kept, not sent.
  const incomplete = (one) => {
    const total = values(one).reduce((sum, text) => sum + (parseInt(text, 10) || 0), 0);
    if (total === 100 || values(one).every((text) => !text)) return false;
    hold(one.dataset.field, { ...queue()[one.dataset.field], stopped: true });
    say(one, `Total : ${total} %. Il en faut 100.`);
    return true;
  };

  let sending = false;
  const send = async () => {
    if (sending) return;
    sending = true;
    try {
      for (const name of Object.keys(queue())) {
        const entry = queue()[name]; // as it is now: it may have been typed again since the one before left
        if (entry && !entry.stopped && !await sent(name, entry)) return;
      }
    } finally { sending = false; }
    // Typed again while the last was on its way.
    if (Object.values(queue()).some((entry) => !entry.stopped)) setTimeout(send, 50);
  };

  // True when the next one may leave.
  const sent = async (name, entry) => {
    const [item, code] = name.split(":");
    const due = entry.first || entry;
    if (due === entry && !entry.left && navigator.onLine) hold(name, { ...entry, left: true });
    const body = new URLSearchParams({ item, code, base: due.base, key: due.key });
    due.values.forEach((value) => body.append("value", value));
    const answer = await fetch(entry.save, {
      method: "POST", body, headers: { "X-CSRFToken": token(), Accept: "application/json" }, redirect: "manual",
    }).catch(() => null);
    const one = box(name);
    if (!answer || answer.status >= 500 || answer.status === 429) { if (one) say(one, OFFLINE); return false; }
    if (answer.type === "opaqueredirect" || answer.status === 401) return signedOut();
    const told = await answer.json().catch(() => ({}));
    if (answer.ok) return kept(name, entry, one, told);
    // Another session since this page was opened: its token is not this page's.
    if (answer.status === 403 && !told.message) return signedOut();
    const last = queue()[name];
    if (last && entry.first) { hold(name, { ...last, first: undefined }); return true; }
    // Typed again since: the newer text leaves next, and is the one to talk about.
    if (last && last.key !== entry.key) return true;
    hold(name, { ...entry, stopped: true });
    if (!one) homeless(name, entry, told.message);
    else if (answer.status === 409) clash(one, told);
    else say(one, told.message || "Ce texte n’a pas pu être enregistré. Copiez-le, puis rechargez la page.", "bad");
    return true;
  };
  const kept = (name, entry, one, told) => {
    const last = queue()[name];
    if (last && (entry.first || last.key !== entry.key)) hold(name, { ...last, base: told.version, first: undefined });
    else drop(name, entry.key);
    if (one) { version(one, told.version); say(one, "Enregistré.", "ok"); }
    refresh();
    return true;
  };
  const clash = (one, told) => {
    one.querySelector("[data-clash]").innerHTML = told.html;
    say(one, "Deux textes : choisissez.", "warn");
  };
  const signedOut = () => {
    if (!line.querySelector("a")) line.replaceChildren(bench.querySelector("template[data-signed-out]").content.cloneNode(true));
    return false;
  };
  // The field is on another page, or was taken away: its text is shown until the person has it.
  const homeless = (name, entry, why) => {
    const done = document.createElement("button");
    Object.assign(done, { type: "button", className: "btn quiet", textContent: "J’ai copié ce texte" });
    done.addEventListener("click", () => { drop(name); line.replaceChildren(); });
    line.replaceChildren(`${why || "Un texte n’a pas pu être enregistré."} Vous aviez écrit : « ${entry.values.join(", ")} » `, done);
  };

  // --- two texts for one field: mine, theirs, or both ---
  bench.addEventListener("click", (event) => {
    const choice = event.target.closest("[data-choose]");
    if (!choice) return;
    const one = choice.closest("[data-field]");
    const two = choice.closest("[data-theirs]");
    const theirs = two.dataset.theirs ? two.dataset.theirs.split("\x1f") : [];
    version(one, two.dataset.version);
    if (choice.dataset.choose === "theirs") {
      put(one, theirs);
      drop(one.dataset.field);
      say(one, "L’autre texte est gardé.", "ok");
    } else {
      if (choice.dataset.choose === "both") put(one, [[theirs[0], values(one)[0]].filter(Boolean).join("\n\n")]);
      typed(one);
      send();
    }
    one.querySelector("[data-clash]").replaceChildren();
    inputs(one)[0].focus();
  });

  // --- what the others do ---
  const news = async () => {
    if (document.hidden) return;
    // Comments are asked for one look in three: that look goes through the whole house.
    const withTalk = bench.dataset.thread && looks++ % 3 === 0;
    const url = `${bench.dataset.news}?apres=${seen}&vu=${mark}&outil=${bench.dataset.tool}&billet=${encodeURIComponent(bench.dataset.ticket)}`
      + (withTalk ? `&fil=${bench.dataset.thread}&dit=${talk}` : "");
    const answer = await fetch(url, { redirect: "manual" }).catch(() => null);
    if (!answer) return;
    if (answer.status === 401 || answer.type === "opaqueredirect") return signedOut();
    if (answer.status === 403 || answer.status === 404) { line.textContent = "Vous n’avez plus accès à cette démarche."; return; }
    if (answer.status !== 200) return;
    const told = await answer.json();
    if (told.reload) { location.reload(); return; }
    [seen, mark] = [told.number, told.mark];
    told.fields.forEach(received);
    present(told);
    if (told.talk && talk && talk !== told.talk) document.body.dispatchEvent(new Event("method:talk"));
    talk = told.talk || talk;
    if (told.any) refresh();
  };
  const received = ({ name, version: number, values: given, by }) => {
    const one = box(name);
    if (!one || Number(one.dataset.version) >= number) return;
    if (queue()[name]) { say(one, `${by} vient d’écrire ici : vous verrez les deux textes.`, "warn"); return; }
    put(one, given);
    version(one, number);
    say(one, `Écrit par ${by} à l’instant.`);
  };
  const present = (told) => {
    const people = document.getElementById("presents");
    if (people && people.textContent !== told.people) people.textContent = told.people;
    bench.querySelectorAll("[data-writer]").forEach((one) => delete one.dataset.writer);
    Object.entries(told.writing).forEach(([name, by]) => { const one = box(name); if (one) one.dataset.writer = `${by} écrit ici`; });
  };

  // Lists and figures follow: each [data-live] is read again, at once then at most every three seconds.
  let last = 0;
  let waiting;
  const refresh = () => {
    clearTimeout(waiting);
    waiting = setTimeout(reread, Math.max(0, last + 3000 - Date.now()));
  };
  const reread = async () => {
    const lives = [...bench.querySelectorAll("[data-live]")];
    if (!lives.length) return;
    last = Date.now();
    const answer = await fetch(location.href, { redirect: "manual" }).catch(() => null);
    if (!answer || !answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    lives.forEach((old) => {
      const fresh = page.getElementById(old.id);
      if (!fresh || old.innerHTML === fresh.innerHTML || old.contains(document.activeElement)) return;
      old.replaceWith(fresh);
      htmx.process(fresh);
      fresh.dispatchEvent(new CustomEvent("live:replaced", { bubbles: true }));
    });
  };
  const here = () => {
    if (document.hidden) return;
    const one = document.activeElement && document.activeElement.closest("[data-field]");
    const body = new URLSearchParams({ outil: bench.dataset.tool, champ: one ? one.dataset.field : "" });
    fetch(bench.dataset.here, { method: "POST", body, headers: { "X-CSRFToken": token() }, redirect: "manual" }).catch(() => {});
  };

  // --- the page opens ---
  bench.querySelectorAll("[data-unscripted]").forEach((one) => { one.hidden = true; });
  bench.addEventListener("submit", (event) => {
    if (event.target.matches("[data-fields]")) { event.preventDefault(); event.stopPropagation(); send(); }
  }, true);
  // What still waits from before: shown as it was typed.
  Object.entries(queue()).forEach(([name, entry]) => {
    hold(name, { ...entry, stopped: false });
    const one = box(name);
    if (!one) return;
    put(one, entry.values);
    say(one, "Pas encore envoyé.");
  });
  setInterval(news, 1200);
  setInterval(here, 10000);
  setInterval(send, 8000);
  bench.addEventListener("focusin", (event) => { if (event.target.closest("[data-field]")) here(); });
  document.addEventListener("visibilitychange", () => { news(); here(); });
  addEventListener("online", send);
  if (bench.querySelector("[data-field]") || bench.querySelector("[data-live]")) here();
  send();
})();
