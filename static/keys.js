/* Keys for whoever reviews one after another. A link or button with data-key="KeyJ ArrowRight" is pressed by these keys,
   a field is entered. While somebody types in a field, or holds a key down, keys mean nothing here. Without this file
   the same links and buttons stand on the page; the line that names the keys stays hidden (data-keys). */
(function () {
  "use strict";

  const fields = "input, textarea, select, [contenteditable]";

  document.querySelectorAll("[data-keys]").forEach((each) => { each.hidden = false; });

  document.addEventListener("keydown", (event) => {
    if (event.repeat || event.isComposing || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
    if (event.target.closest && event.target.closest(fields)) return;
    const named = '[data-key~="' + event.code + '"]:not([disabled])';
    const wanted = document.querySelector("main " + named) || document.querySelector(named); // the page before its frame
    if (!wanted) return;
    event.preventDefault();
    if (wanted.matches(fields)) wanted.focus();
    else wanted.click();
  });
})();
