// Lets the browser's authenticator answer what the page asks, and sends the answer with the form.
const form = document.querySelector("form[data-passkey]");
const button = form.querySelector("button");
const trouble = document.getElementById("passkey-trouble");

const bytes = (text) =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
const decoded = (credentials) => (credentials || []).map((one) => ({ ...one, id: bytes(one.id) }));

async function answer(options) {
  const challenge = bytes(options.challenge);
  if (options.user) {
    const user = { ...options.user, id: bytes(options.user.id) };
    const excludeCredentials = decoded(options.excludeCredentials);
    return navigator.credentials.create({ publicKey: { ...options, challenge, user, excludeCredentials } });
  }
  const allowCredentials = decoded(options.allowCredentials);
  return navigator.credentials.get({ publicKey: { ...options, challenge, allowCredentials } });
}

function json(credential) {
  const given = credential.response;
  const response = { clientDataJSON: text(given.clientDataJSON) };
  for (const part of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (given[part]) {
      response[part] = text(given[part]);
    }
  }
  const id = text(credential.rawId);
  return JSON.stringify({ id, rawId: id, type: credential.type, response, clientExtensionResults: {} });
}

button.disabled = false;
button.addEventListener("click", async () => {
  trouble.hidden = true;
  button.disabled = true;
  try {
    form.elements.answer.value = json(await answer(JSON.parse(form.dataset.passkey).publicKey));
    form.submit();
  } catch (refusal) {
    trouble.hidden = false;
    button.disabled = false;
  }
});
