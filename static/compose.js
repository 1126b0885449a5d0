/* Composing a briefing: the name of a figure is put where the cursor stands in the text. Without this file it is typed. */
(function () {
  "use strict";
  const form = document.getElementById("compose");
  if (!form) return;
  const fields = form.querySelectorAll("textarea[name=text], textarea[name=foreword], textarea[name=closing]");
  let last = form.querySelector("textarea[name=text]");
  fields.forEach((each) => each.addEventListener("focus", () => { last = each; }));
  form.addEventListener("click", (event) => {
    const chip = event.target.closest("[data-figure]");
    if (!chip) return;
    last.setRangeText(chip.dataset.figure, last.selectionStart, last.selectionEnd, "end");
    last.focus();
    last.dispatchEvent(new Event("input", { bubbles: true }));
  });
})();
