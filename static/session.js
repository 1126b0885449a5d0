// Before a session ends a dialog says so: one goes on or signs in again, and the page with all that was typed stays.
(() => {
  "use strict";

  const BEFORE = 300; // seconds: the server says so too (accounts/views/sessions.py)
  const body = document.body;
  const page = body.dataset.session;
  if (!page) return;
  let end = Date.now() + body.dataset.left * 1000;
  let timer, put;

  const left = () => (end - Date.now()) / 1000;
  const watch = () => {
    clearTimeout(timer);
    timer = setTimeout(look, Math.max(1, Math.min(left() - BEFORE, 86400)) * 1000);
  };
  const lasts = (seconds) => {
    end = Date.now() + seconds * 1000;
    watch();
  };
  const freshen = (token) => document.querySelectorAll("[name=csrfmiddlewaretoken]").forEach((field) => { field.value = token; });
  const open = () => document.querySelector("dialog.session");

  // Other tabs may have gone on meanwhile: the server knows.
  async function look() {
    if (open() || left() > BEFORE + 1) return open() || watch();
    const answer = await fetch(`${page}?account=${encodeURIComponent(body.dataset.account)}`).catch(() => null);
    if (!answer || !answer.ok) return lasts(BEFORE + 60);
    show(await answer.text());
  }

  function show(html) {
    const found = new DOMParser().parseFromString(html, "text/html").querySelector("dialog");
    if (!found) return;
    if (Number(found.dataset.left) > BEFORE + 1) {
      freshen(found.querySelector("[name=csrfmiddlewaretoken]").value); // another tab signed in: its token counts now
      return lasts(found.dataset.left);
    }
    open()?.remove();
    body.append(found);
    found.addEventListener("submit", sent);
    found.addEventListener("click", (event) => event.target.matches("[data-again]") && again());
    found.addEventListener("close", () => { found.remove(); put = true; });
    found.showModal();
    end = Date.now() + found.dataset.left * 1000;
    clearTimeout(timer);
    if (found.dataset.left > 0) timer = setTimeout(again, (Number(found.dataset.left) + 1) * 1000);
  }

  // While it stood open the session ended, or another tab went on.
  async function again() {
    if (put && !open()) return;
    open()?.remove();
    end = Date.now();
    await look();
  }

  async function sent(event) {
    if (event.target.method === "dialog") return;
    event.preventDefault();
    const data = new FormData(event.target, event.submitter);
    const answer = await fetch(event.target.action, { method: "POST", body: data }).catch(() => null);
    if (!answer) return;
    if (!(answer.headers.get("Content-Type") || "").includes("json")) return show(await answer.text());
    const { left: seconds, token } = await answer.json();
    open().remove();
    if (token) freshen(token);
    put = false;
    lasts(seconds);
  }

  document.addEventListener("visibilitychange", () => document.hidden || open() || (left() < BEFORE && !put && look()));
  watch();
})();
