// The one way by which text becomes markup, in browsers that ask for one (Trusted Types). Nothing here in the others:
// the content policy of the page already refuses inline scripts and handlers.
// Markup comes from our own server, through htmx; whatever could run in it is taken out or refused all the same.
(() => {
  "use strict";
  if (!window.trustedTypes || trustedTypes.defaultPolicy) return;
  const SCRIPT = /<script\b[\s\S]*?<\/script\s*>/gi;
  const HANDLER = /<[a-z][^>]*[\s"'/]on[a-z]+\s*=/i;
  const ADDRESS = /(?:href|src|action|formaction|data)\s*=\s*["']?\s*(?:javascript|data:text\/html|vbscript)\s*:?/i;
  trustedTypes.createPolicy("default", {
    createHTML(text) {
      const kept = String(text).replace(SCRIPT, "");
      if (/<script\b/i.test(kept) || HANDLER.test(kept) || ADDRESS.test(kept)) throw new TypeError("markup that could run");
      return kept;
    },
    createScriptURL(address) {
      const asked = new URL(address, document.baseURI);
      if (asked.origin !== location.origin) throw new TypeError("a script of another site");
      return asked.href;
    },
    createScript() {
      throw new TypeError("a script made of text");
    },
  });
})();
