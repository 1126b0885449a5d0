/* Another row in a form of rows. Without this file saving the draft adds an empty row each time. */
(function () {
  "use strict";

  function add(button, person) {
    const form = button.form, rows = button.dataset.add;
    const total = form.querySelector('[name="' + rows + '-TOTAL_FORMS"]');
    const blank = form.querySelector('template[data-rows="' + rows + '"]');
    const number = Number(total.value);
    const holder = document.createElement("div");
    holder.innerHTML = blank.innerHTML.replaceAll("__prefix__", number).replaceAll("§", number + 1);
    total.value = number + 1;
    button.disabled = number + 1 >= Number(button.dataset.most);
    const row = holder.firstElementChild;
    blank.before(row);
    if (person) row.querySelector("input, textarea, select").focus();
  }

  document.querySelectorAll("[data-add]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", (event) => add(button, event.isTrusted));
  });
  document.querySelectorAll("[data-unscripted]").forEach((each) => { each.hidden = true; });
})();
