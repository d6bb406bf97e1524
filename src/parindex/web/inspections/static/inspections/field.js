// Keeps what is typed on this device until the server has it: a line that breaks loses nothing, and what is
// sent again by its own key is not kept twice. Photos are chosen again. Without this script the forms do the same,
// but for keeping.
"use strict";
(() => {
  const note = document.getElementById("kept-note");
  const say = (words) => { if (note) { note.textContent = words; note.hidden = false; } };
  const texts = (form) => [...form.elements].filter((e) => e.name && !["file", "hidden", "submit", "button"].includes(e.type));
  const values = (form) => texts(form).map((e) => (e.type === "checkbox" || e.type === "radio" ? e.checked : e.value));

  for (const form of document.querySelectorAll("form[data-keep]")) {
    const place = `parindex/${form.dataset.keep}`;
    const key = form.elements.namedItem("key");
    const done = (form.dataset.done || "").split(" ");
    const first = JSON.stringify(values(form));
    let kept = null;
    try { kept = JSON.parse(localStorage.getItem(place)); } catch { kept = null; }
    if (kept && (done.includes(kept.key) || kept.from !== first || JSON.stringify(kept.values) === first)) {
      localStorage.removeItem(place);
      kept = null;
    }
    if (kept) {
      texts(form).forEach((e, n) => {
        if (e.type === "checkbox" || e.type === "radio") e.checked = kept.values[n] === true;
        else e.value = kept.values[n] ?? "";
      });
      if (key && kept.key) key.value = kept.key;
      form.closest("details")?.setAttribute("open", "");
      say(note?.dataset.restored ?? "");
    }
    form.addEventListener("input", () => {
      localStorage.setItem(place, JSON.stringify({ key: key ? key.value : "", from: first, values: values(form) }));
    });
    form.addEventListener("submit", (event) => {
      if (navigator.onLine) return;
      event.preventDefault();
      say(note?.dataset.offline ?? "");
    });
  }
})();
