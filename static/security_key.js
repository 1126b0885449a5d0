// A security key is asked by the browser: what it answers goes with the form that has the button.
(() => {
  "use strict";

  const { startRegistration, startAuthentication, browserSupportsWebAuthn } = window.SimpleWebAuthnBrowser;

  async function answer(button) {
    const body = new FormData();
    body.set("csrfmiddlewaretoken", button.form.querySelector("[name=csrfmiddlewaretoken]").value);
    if (button.dataset.new) body.set("new", "1");
    const asked = await fetch(button.dataset.key, { method: "POST", body });
    if (!asked.ok) throw new Error(asked.statusText);
    const optionsJSON = await asked.json();
    return (button.dataset.new ? startRegistration : startAuthentication)({ optionsJSON });
  }

  async function pressed(event) {
    const button = event.target.closest("button[data-key]");
    if (!button || !button.form.reportValidity()) return;
    const field = button.form.querySelector("[name=answer]");
    if (field.value) return; // it was answered already: the form goes
    event.preventDefault();
    const says = button.form.querySelector("[data-key-says]");
    if (!browserSupportsWebAuthn()) { says.textContent = says.dataset.never; return; }
    button.disabled = true;
    says.textContent = says.dataset.waits;
    const said = await answer(button).catch((error) => error);
    button.disabled = false;
    const { never, silent } = says.dataset;
    says.textContent = !(said instanceof Error) ? "" : said.code === "ERROR_INVALID_DOMAIN" ? never : silent;
    if (said instanceof Error) return;
    field.value = JSON.stringify(said);
    button.form.requestSubmit(button);
  }

  document.addEventListener("click", pressed);
})();
