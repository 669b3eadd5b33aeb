// Clés d’accès (WebAuthn). Sans ce fichier, ou sans navigateur récent, les formulaires qu’il anime restent cachés.
const toBuffer = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0)).buffer;
const toText = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
const withIds = (list) => (list || []).map((item) => ({ ...item, id: toBuffer(item.id) }));

function answerOf(credential) {
  const answer = { id: credential.id, rawId: toText(credential.rawId), type: credential.type, response: {} };
  for (const part of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (credential.response[part]) answer.response[part] = toText(credential.response[part]);
  }
  if (credential.response.getTransports) answer.response.transports = credential.response.getTransports();
  if (credential.authenticatorAttachment) answer.authenticatorAttachment = credential.authenticatorAttachment;
  answer.clientExtensionResults = credential.getClientExtensionResults();
  return answer;
}

async function register(options, form) {
  const key = { ...options.creation_options.publicKey };
  const alone = form.elements.passwordless?.checked || false;
  key.challenge = toBuffer(key.challenge);
  key.user = { ...key.user, id: toBuffer(key.user.id) };
  key.excludeCredentials = withIds(key.excludeCredentials);
  key.authenticatorSelection = {
    ...key.authenticatorSelection,
    residentKey: alone ? "required" : "discouraged",
    requireResidentKey: alone,
    ...(alone ? { userVerification: "required" } : {}),
  };
  return navigator.credentials.create({ publicKey: key });
}

async function authenticate(options) {
  const key = { ...options.request_options.publicKey };
  key.challenge = toBuffer(key.challenge);
  key.allowCredentials = withIds(key.allowCredentials);
  return navigator.credentials.get({ publicKey: key });
}

async function optionsOf(form) {
  if (form.dataset.passkeyOptions) return JSON.parse(form.dataset.passkeyOptions);
  const response = await fetch(form.action, { headers: { Accept: "application/json" } });
  if (!response.ok) throw new Error(String(response.status));
  return response.json();
}

async function send(form) {
  const error = form.querySelector("[data-passkey-error]");
  error.hidden = true;
  try {
    const options = await optionsOf(form);
    const credential = form.dataset.passkey === "register" ? await register(options, form) : await authenticate(options);
    form.elements.credential.value = JSON.stringify(answerOf(credential));
    HTMLFormElement.prototype.submit.call(form);
  } catch (reason) {
    error.textContent =
      reason.name === "InvalidStateError"
        ? "Cette clé est déjà enregistrée dans votre compte."
        : "Votre appareil n’a pas confirmé. Rien n’a changé : recommencez, ou choisissez une autre façon de faire.";
    error.hidden = false;
    delete form.dataset.sent;
  }
}

if (window.PublicKeyCredential && navigator.credentials) {
  for (const note of document.querySelectorAll("[data-passkey-missing]")) note.hidden = true;
  for (const form of document.querySelectorAll("form[data-passkey]")) {
    form.hidden = false;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      send(form);
    });
  }
}
