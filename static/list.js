/* Keys for a list: J and K go to the next and the previous row, X ticks it, Enter opens its page (a link is focused), and
   a press anywhere on a row's box column ticks it. What the list is narrowed by stands open where there is room. Without this file links, boxes
   and the folded filter do the same. */
(function () {
  "use strict";
  const narrow = document.querySelector("[data-narrow]");
  const wide = window.matchMedia("(min-width: 1000px)");
  const unfold = () => { if (narrow) narrow.open = wide.matches; };
  unfold();
  wide.addEventListener("change", unfold);

  const table = document.querySelector("[data-list]");
  if (!table) return;
  const links = () => [...table.querySelectorAll("tbody tr")].map((row) => row.querySelector("a[id]") || row.querySelector("a")).filter(Boolean);

  function go(by) {
    const all = links(), row = document.activeElement && document.activeElement.closest("tr");
    const at = all.findIndex((link) => row && link.closest("tr") === row);
    const next = all[at < 0 ? (by > 0 ? 0 : all.length - 1) : Math.min(Math.max(at + by, 0), all.length - 1)];
    if (!next) return;
    next.focus({ preventScroll: true });
    next.closest("tr").scrollIntoView({ block: "nearest" });
  }

  function tick() {
    const row = document.activeElement && document.activeElement.closest("tr");
    const box = row && row.querySelector('input[type="checkbox"]');
    if (box) box.click();
  }

  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
    const typing = event.target.closest && event.target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]");
    if (typing) return;
    const deeds = { KeyJ: () => go(1), KeyK: () => go(-1), KeyX: tick };
    if (!deeds[event.code]) return;
    event.preventDefault();
    deeds[event.code]();
  });
})();
