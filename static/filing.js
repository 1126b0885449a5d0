/* Conveniences of filing forms; without this file every field stands there and the server says the same.
   1. Precautions of a plan that the expected number of participants does not ask for are folded away (data-least).
   2. The last day of a plan begins as its first: most activities last one day, and a calendar on a phone takes taps.
   3. A file that is larger than what is taken in (data-most, in bytes) is named at once, before it is sent. */
(function () {
  "use strict";

  const many = document.querySelector("[name=expected_participants]");
  const graded = Array.from(document.querySelectorAll("[data-least]"));

  function fold() {
    const number = many.value === "" ? 1 : Number(many.value.normalize("NFKC").replace(/[\s,]/g, ""));
    graded.forEach((field) => {
      const asked = number >= Number(field.dataset.least);
      const box = field.closest(".whole") || field.parentElement;
      box.hidden = !asked && !field.value;
    });
  }

  if (many && graded.length) {
    many.addEventListener("input", fold);
    fold();
  }

  const first = document.querySelector("[name=starts_on]"), last = document.querySelector("[name=ends_on]");
  if (first && last) first.addEventListener("change", () => {
    if (last.value) return;
    last.value = first.value;
    last.dispatchEvent(new Event("input", { bubbles: true }));
  });

  document.querySelectorAll("input[type=file][data-most]").forEach((input) => {
    const words = document.createElement("p");
    words.className = "text-danger small";
    words.setAttribute("role", "status");
    input.after(words);
    input.addEventListener("change", () => {
      const wrong = Array.from(input.files).filter((file) => file.size > Number(input.dataset.most));
      words.textContent = wrong.map((file) => input.dataset.words.replace("{name}", file.name)).join(" ");
      if (wrong.length) input.value = "";
    });
  });
})();
