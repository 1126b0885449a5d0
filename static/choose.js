/* One box for all: a checkbox with data-choose="<name>" ticks every box of that name in its form, and shows by a dash
   that some are ticked. It stands in something hidden, so that it is seen only where this file works. */
(function () {
  "use strict";
  document.addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll("[data-choose]").forEach((all) => {
      const boxes = [...all.form.elements].filter((box) => box.name === all.dataset.choose && box.type === "checkbox");
      if (boxes.length < 2) return;
      const show = () => {
        const ticked = boxes.filter((box) => box.checked).length;
        all.checked = ticked === boxes.length;
        all.indeterminate = ticked > 0 && !all.checked;
      };
      all.addEventListener("change", () => boxes.forEach((box) => { box.checked = all.checked; }));
      boxes.forEach((box) => box.addEventListener("change", show));
      all.closest("[hidden]").hidden = false;
      show();
    });
  });
})();
