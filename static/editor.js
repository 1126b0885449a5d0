/* Writing a notice: the pages as they will be printed, a moment after typing stops, and the headings of the text.
   Saving by itself is draft.js; without either file the page saves by its button and shows the pages by a link. */
(function () {
  "use strict";
  const PAUSE = 1200, BUSY = 3000;

  const form = document.querySelector("form[data-pages-of]");
  if (!form) return;
  const place = form.querySelector("[data-pages]");
  const text = form.querySelector("textarea[name=body]");
  const base = form.querySelector("[name=base]");
  const stopped = form.querySelector("[data-stopped-box]");
  let waiting = 0, asking = null, shown = "";

  /* Somebody who has just chosen between two texts is not offered the other one again by this browser. */
  if (location.hash === "#settled") {
    const key = "draft:" + form.dataset.draft + ":" + location.pathname;
    try { [key, key + " aside"].forEach((each) => localStorage.removeItem(each)); } catch { /* nothing is kept */ }
    history.replaceState(null, "", location.pathname);
  }

  /* --- the pages -------------------------------------------------------------------------------- */

  function later(wait) {
    clearTimeout(waiting);
    waiting = setTimeout(refresh, wait);
  }

  async function refresh() {
    const body = new FormData(form), state = JSON.stringify(Array.from(body));
    if (state === shown) return;
    if (asking) asking.abort();
    asking = new AbortController();
    place.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(form.dataset.pagesOf, {
        method: "POST", body, signal: asking.signal, redirect: "manual",
      });
      if (answer.status === 202) return later(BUSY);
      if (!answer.ok) return;
      put(await answer.text());
      shown = state;
    } catch { /* no connection, or something newer was typed: the next pause asks again */ }
    place.removeAttribute("aria-busy");
  }

  /* New pages take the place of the old ones one by one, so that nothing flickers and the reader stays where he was. */
  function put(html) {
    const fresh = document.createElement("div");
    fresh.innerHTML = html;
    const old = place.querySelectorAll("img"), now = fresh.querySelectorAll("img");
    now.forEach((each, number) => {
      const kept = old[number];
      if (!kept) return;
      for (const name of ["src", "width", "height", "alt"]) {
        if (kept.getAttribute(name) !== each.getAttribute(name)) kept.setAttribute(name, each.getAttribute(name));
      }
      each.replaceWith(kept);
    });
    place.replaceChildren(...fresh.childNodes);
  }

  /* --- to a line of the text -------------------------------------------------------------------- */

  function show(line) {
    const lines = text.value.split("\n"), start = lines.slice(0, line).join("\n").length + (line ? 1 : 0);
    text.focus();
    text.setSelectionRange(start, start + (lines[line] || "").length);
    const before = text.value.slice(0, start).length / Math.max(text.value.length, 1);
    text.scrollTop = before * text.scrollHeight - text.clientHeight / 3;
  }

  /* --- what the page hears ---------------------------------------------------------------------- */

  form.addEventListener("input", () => later(PAUSE));
  form.addEventListener("change", () => later(PAUSE));
  form.addEventListener("click", (event) => {
    const to = event.target.closest("[data-line]");
    if (to) show(Number(to.dataset.line));
  });
  form.addEventListener("draft:saved", (event) => {
    base.value = event.detail.fields.body || "";
    form.querySelectorAll("[data-error]").forEach((each) => {
      each.textContent = (event.detail.said.wrong[each.dataset.error] || []).join(" ");
    });
  });
  form.addEventListener("draft:stopped", (event) => {
    stopped.querySelector("span").textContent = event.detail.why;
    stopped.hidden = false;
  });

  form.addEventListener("submit", () => { base.disabled = false; });

  base.value = text.defaultValue;
  later(0);
})();
