// The one way from text to markup (docs/decisions/0027): nothing that could run passes.
(() => {
  if (!window.trustedTypes || trustedTypes.defaultPolicy) return;
  const no = () => { throw new TypeError("refused by the policy of the page"); };
  const RUNS = /<script\b|<[a-z][^>]*[\s"'/]on[a-z]+\s*=|=\s*["']?\s*(?:javascript|vbscript|data:text\/html)\s*:?/i;
  trustedTypes.createPolicy("default", {
    createHTML: (text) => {
      const kept = String(text).replace(/<script\b[\s\S]*?<\/script\s*>/gi, "");
      return RUNS.test(kept) ? no() : kept;
    },
    createScriptURL: (address) => {
      const asked = new URL(address, document.baseURI);
      return asked.origin === location.origin ? asked.href : no();
    },
    createScript: no,
  });
})();
