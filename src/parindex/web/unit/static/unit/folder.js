// Tells the server where in the chosen folder each file lies; browsers send the names alone.
"use strict";
(() => {
  const section = document.getElementById("folder");
  const input = section?.querySelector("input[type=file]");
  if (!input || !("webkitdirectory" in input)) return;
  section.hidden = false;
  input.form.addEventListener("submit", () => {
    input.form.elements.paths.value = JSON.stringify([...input.files].map((file) => file.webkitRelativePath || file.name));
  });
})();
