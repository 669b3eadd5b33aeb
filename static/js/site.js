// The one way from text to markup (docs/decisions/0027): nothing that could run passes.
(() => {
  if (!window.trustedTypes || trustedTypes.defaultPolicy) return;
  const no = () => { throw new TypeError("refused by the policy of the page"); };
  // As a browser reads a tag: only a value may be quoted. What people wrote is always inside a value.
  const ATTRIBUTE = /[\s/]*(=?[^\s/>=]+|=)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]*)))?/y;
  const ADDRESS = /^(?:href|src|action|formaction|xlink:href|data|to|from|values)$/i;
  const RUNS = /^(?:javascript|vbscript|data:text\/html)/i;
  const plain = (value) => value
    .replace(/&#(x?)([0-9a-f]+);?/gi, (_, hexa, code) => String.fromCharCode(parseInt(code, hexa ? 16 : 10)))
    .replace(/&(?:tab|newline);/gi, "").replace(/&colon;/gi, ":").replace(/[\u0000-\u0020]/g, "");
  const mayRun = (name, value) =>
    /^on[a-z]|^srcdoc$/i.test(name) || (ADDRESS.test(name) && RUNS.test(plain(value)) && /^[a-z]+:/i.test(plain(value)));
  const refuses = (text) => [...text.matchAll(/<[a-z][^\s/>]*/gi)].some((tag) => {
    if (/^<script$/i.test(tag[0])) return true;
    ATTRIBUTE.lastIndex = tag.index + tag[0].length;
    for (let one; (one = ATTRIBUTE.exec(text));) if (mayRun(one[1], one[2] ?? one[3] ?? one[4] ?? "")) return true;
    return false;
  });
  trustedTypes.createPolicy("default", {
    createHTML: (text) => {
      const kept = String(text).replace(/<script\b[\s\S]*?<\/script\s*>/gi, "");
      return refuses(kept) ? no() : kept;
    },
    createScriptURL: (address) => {
      const asked = new URL(address, document.baseURI);
      return asked.origin === location.origin ? asked.href : no();
    },
    createScript: no,
  });
})();
// Everything works without this file; it only makes things smoother.
document.addEventListener("submit", (event) => {
  // A double click sends a form once.
  const form = event.target;
  if (form.dataset.sent) { event.preventDefault(); return; }
  if (!form.hasAttribute("hx-post")) form.dataset.sent = "1";
});
window.addEventListener("pageshow", () => {
  document.querySelectorAll("form[data-sent]").forEach((form) => delete form.dataset.sent);
});
