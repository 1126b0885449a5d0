// A table that is pasted: the clipboard's HTML keeps cells apart that its text runs together.
"use strict";
for (const area of document.querySelectorAll("textarea[data-table]")) {
  const page = area.form.elements[area.dataset.table];
  area.addEventListener("paste", (event) => {
    const found = event.clipboardData && event.clipboardData.getData("text/html");
    page.value = found && found.includes("<table") ? found : "";
    page.dataset.text = "";
    setTimeout(() => { page.dataset.text = area.value; });
  });
  area.addEventListener("input", () => {
    if (page.dataset.text && page.dataset.text !== area.value) page.value = ""; // typed over: the text counts
  });
}
