// What every page does: the menu closes, the tab one is on is in sight, an error goes once its field is edited.
(() => {
  "use strict";

  const menu = () => document.querySelector("details.menu[open]");

  document.addEventListener("keydown", (event) => {
    const open = event.key === "Escape" && menu();
    if (!open) return;
    open.open = false;
    open.querySelector("summary").focus();
  });
  document.addEventListener("click", (event) => {
    const open = menu();
    if (open && !open.contains(event.target)) open.open = false;
  });

  // On a telephone tabs stand in one line that is pushed sideways; only that line moves, never the page.
  const show = (bar) => {
    const here = bar.querySelector("[aria-current]");
    if (here) bar.scrollLeft = here.offsetLeft - bar.offsetLeft - (bar.clientWidth - here.offsetWidth) / 2;
    const hint = () => {
      bar.classList.toggle("more-left", bar.scrollLeft > 4);
      bar.classList.toggle("more-right", bar.scrollLeft + bar.clientWidth < bar.scrollWidth - 4);
    };
    bar.addEventListener("scroll", hint, { passive: true });
    window.addEventListener("resize", hint);
    hint();
  };

  // What the server said of a field no longer holds once the field says something else.
  const forget = ({ target: field }) => {
    if (!field.id || !field.form) return;
    const place = field.closest("[id^=div_id], .mb-3, td") || field;
    [field, ...place.querySelectorAll(".is-invalid")].forEach((each) => each.classList.remove("is-invalid"));
    field.removeAttribute("aria-invalid");
    const id = CSS.escape(field.id);
    place.querySelectorAll(".invalid-feedback").forEach((each) => each.remove());
    document.querySelectorAll(`[data-wrong="${id}"]`).forEach((each) => each.remove());
    document.querySelectorAll(`#faults a[href="#${id}"]`).forEach((each) => each.closest("li").remove());
    const faults = document.querySelector("#faults");
    if (faults && !faults.querySelector("li")) faults.remove();
  };
  // “This time nothing was saved” is over once the draft saved itself.
  document.addEventListener("draft:saved", () => document.querySelectorAll("main > .alert-danger").forEach((each) => each.remove()));
  ["input", "change"].forEach((kind) => document.addEventListener(kind, forget));

  document.addEventListener("DOMContentLoaded", () => document.querySelectorAll(".tabs, .mast nav").forEach(show));
})();
