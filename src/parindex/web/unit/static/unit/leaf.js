// Saves a leaf while it is typed, keeps it on this device while the line is down, and brings it back.
// Without this script the buttons do the same, one page at a time.
"use strict";
(() => {
  const form = document.getElementById("leaf-form");
  if (!form) return;
  const saved = document.getElementById("saved");
  const key = `parindex/${form.dataset.keep}`;
  const PAUSE = 1500;
  const RETRY = 8000;
  let timer = 0;
  let busy = false;
  let again = false;
  let held = false; // somebody else saved meanwhile: a person decides, by the button
  let pressed = null; // the button waits for a save under way: its answer brings the version to be sent

  const fields = () => new URLSearchParams([...new FormData(form)].filter(([name]) => name !== "csrfmiddlewaretoken" && name !== "version"));
  const say = (words) => { saved.textContent = words; };
  let known = fields().toString();

  function fill(text) {
    const values = new URLSearchParams(text);
    for (const input of form.elements) {
      if (!input.name || input.type === "hidden" || input.tagName === "BUTTON") continue;
      if (input.type === "radio" || input.type === "checkbox") input.checked = values.getAll(input.name).includes(input.value);
      else input.value = values.get(input.name) ?? "";
    }
  }

  function take(page, id) {
    const now = page.getElementById(id);
    if (now) document.getElementById(id).replaceChildren(...now.childNodes);
  }

  async function save() {
    if (held) return;
    if (busy) { again = true; return; }
    const sent = fields().toString();
    if (sent === known) return;
    busy = true;
    say(saved.dataset.saving);
    try {
      const answer = await fetch(form.action || location.href, { method: "POST", body: new FormData(form), headers: { "X-Requested-With": "fetch" } });
      if (answer.redirected) { location.reload(); return; } // to the door: signed out meanwhile
      if (answer.status >= 500) throw new Error(answer.status); // no answer of the page: as if the line were down
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      take(page, "problem");
      if (answer.ok) {
        known = sent;
        localStorage.removeItem(key);
        take(page, "live");
        form.elements.version.value = page.getElementById("version").value;
        say(page.getElementById("saved")?.textContent ?? "");
      } else {
        say("");
        if (answer.status === 409) {
          held = true;
          form.elements.version.value = page.querySelector("#leaf-form [name=version]").value;
        }
      }
    } catch (failed) {
      pressed = null;
      say(failed.message >= 500 ? saved.dataset.failing : saved.dataset.offline);
      setTimeout(save, RETRY);
    } finally {
      busy = false;
      const button = held ? null : pressed;
      pressed = null;
      if (button) form.requestSubmit(button);
      else if (again) { again = false; save(); }
    }
  }

  form.addEventListener("input", () => {
    localStorage.setItem(key, fields().toString());
    clearTimeout(timer);
    timer = setTimeout(save, PAUSE);
  });
  form.addEventListener("submit", (event) => {
    clearTimeout(timer);
    if (!navigator.onLine) { event.preventDefault(); say(saved.dataset.offline); return; }
    if (busy) { event.preventDefault(); pressed = event.submitter; return; }
    localStorage.removeItem(key);
  });
  window.addEventListener("online", save);

  const kept = localStorage.getItem(key);
  if (kept !== null && kept !== known) {
    fill(kept);
    say(saved.dataset.restored);
    save();
  }
})();
