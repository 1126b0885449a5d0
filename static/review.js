/* The review page: a proposal and its sentence light up together. Without this file the links still lead there. */
(function () {
  "use strict";
  const lit = "lit";

  function clear() {
    document.querySelectorAll("." + lit).forEach((each) => each.classList.remove(lit));
  }

  function light(row, from) {
    clear();
    const pieces = document.querySelectorAll('[data-of~="' + row + '"]');
    pieces.forEach((each) => each.classList.add(lit));
    const proposal = document.getElementById("p-" + row);
    if (proposal) proposal.classList.add(lit);
    const other = from === "text" ? proposal : pieces[0];
    if (other) other.scrollIntoView({ block: "center", behavior: "smooth" });
  }

  document.addEventListener("click", function (event) {
    const piece = event.target.closest(".piece");
    if (piece) {
      event.preventDefault();
      light(piece.dataset.of.split(" ")[0], "text");
      return;
    }
    const proposal = event.target.closest("[data-row]");
    if (!proposal) return;
    const link = event.target.closest("a[href^='#s-']");
    if (link) event.preventDefault();
    if (link || !event.target.closest("a, button, input, textarea, select, label, summary")) {
      light(proposal.dataset.row, "proposal");
    }
  });

  document.addEventListener("focusin", function (event) {
    const editing = event.target.closest(".proposal.editing");
    if (!editing || editing.classList.contains(lit)) return;
    light(editing.dataset.row, "proposal");
  });
})();
