// Keeps what is chosen on this device until the server has it, shows only what is to be asked, and says how far one
// is. The sitting's number makes a second sending harmless. Without this script the form does all but keeping.
"use strict";
(() => {
  const form = document.getElementById("ask");
  const place = `parindex/ask${location.pathname.replace(/^\/en\//, "/")}`;
  const queue = `${place}#queue`;
  const read = (where) => { try { return JSON.parse(localStorage.getItem(where)); } catch { return null; } };
  const write = (where, what) => { try { localStorage.setItem(where, JSON.stringify(what)); } catch { /* private mode */ } };
  const number = () => [...crypto.getRandomValues(new Uint8Array(16))].map((b) => b.toString(16).padStart(2, "0")).join("");
  const post = (pairs) => fetch(location.href, { method: "POST", body: new URLSearchParams(pairs), redirect: "follow", credentials: "omit" });
  const arrived = (response) => response.redirected && new URL(response.url).pathname.endsWith("/cam-on/");

  const next = document.getElementById("next");
  if (next) setTimeout(() => next.click(), 8000);
  if (document.getElementById("used")) {
    const kept = read(place);
    if (kept?.sending) post(kept.pairs).then((r) => { if (arrived(r)) { localStorage.removeItem(place); location.replace(r.url); } else if (r.status === 410) localStorage.removeItem(place); }).catch(() => {});
    return;
  }
  if (!form) return;

  const note = document.getElementById("line-note");
  const say = (words) => { note.textContent = words; note.hidden = !words; };
  const kiosk = Boolean(form.dataset.kiosk);
  const pairs = () => [...new FormData(form)].map(([k, v]) => [k, String(v)]);
  const valued = (name) => pairs().filter(([k, v]) => k === name && v).map(([, v]) => v);

  const holds = (c) => {
    if (c.all) return c.all.every(holds);
    if (c.any) return c.any.some(holds);
    const given = valued(c.field);
    if (!given.length) return false;
    if (c.least !== undefined || c.most !== undefined) {
      const n = Number(given[0].replace(",", "."));
      return n >= (c.least ?? -Infinity) && n <= (c.most ?? Infinity);
    }
    return c.is ? given.some((v) => c.is.includes(v)) : !given.some((v) => c.not.includes(v));
  };
  const ask = () => {
    let changed = false;
    for (const box of form.querySelectorAll("[data-when]")) {
      const on = holds(JSON.parse(box.dataset.when));
      changed ||= box.hidden === on;
      box.hidden = !on;
      for (const field of box.querySelectorAll("input, textarea")) field.disabled = !on;
    }
    return changed;
  };
  const look = () => {
    for (let times = 0; ask() && times < 9; times += 1); // what a hidden question hides may stand above it
    const answered = new Set(pairs().filter(([, v]) => v.trim()).map(([k]) => k));
    for (const part of form.querySelectorAll("details")) {
      const some = [...part.querySelectorAll("[name]")].some((e) => answered.has(e.name));
      const mark = part.querySelector(".done");
      mark.textContent = some ? `✓ ${mark.dataset.say}` : "";
    }
    const open = new Set([...form.querySelectorAll("input, textarea")].filter((e) => !e.disabled && e.name !== "sitting").map((e) => e.name));
    const bar = document.getElementById("how-far");
    bar.hidden = false;
    bar.max = Math.max(open.size, 1);
    bar.value = [...answered].filter((k) => open.has(k)).length;
    document.getElementById("how-far-said").textContent = `${bar.value}/${bar.max}`;
  };
  for (const words of form.querySelectorAll("[data-words]")) words.hidden = true;

  const fill = (kept) => {
    for (const e of form.elements) {
      if (!e.name) continue;
      const given = kept.filter(([k]) => k === e.name).map(([, v]) => v);
      if (e.type === "radio" || e.type === "checkbox") e.checked = given.includes(e.value);
      else if (given.length) e.value = given[0];
    }
  };
  const kept = kiosk ? null : read(place);
  if (kept) {
    fill(kept.pairs);
    if (kept.pairs.length > 1) say(note.dataset.restored);
  }
  look();

  let waiting = false;
  const afresh = () => { form.reset(); form.elements.namedItem("sitting").value = number(); look(); scrollTo(0, 0); };
  const drain = async () => {
    const rest = read(queue) ?? [];
    while (rest.length) {
      let response;
      try { response = await post(rest[0]); } catch { return; }
      if (!arrived(response) && [429, 500, 502, 503, 504].includes(response.status)) return;
      rest.shift();
      write(queue, rest);
    }
    if (kiosk && note.textContent === note.dataset.queued) say("");
  };
  const send = async () => {
    waiting = true;
    const all = pairs();
    if (!kiosk) write(place, { pairs: all, sending: true });
    let response;
    try { response = await post(all); } catch {
      if (kiosk) { write(queue, [...(read(queue) ?? []), all]); afresh(); say(note.dataset.queued); waiting = false; } else say(note.dataset.offline);
      return;
    }
    waiting = false;
    if (arrived(response)) { localStorage.removeItem(place); location.assign(response.url); } else form.submit();
  };
  form.addEventListener("input", () => { if (!kiosk) write(place, { pairs: pairs() }); look(); });
  form.addEventListener("submit", (event) => { event.preventDefault(); send(); });
  const again = () => { if (kiosk) drain(); else if (waiting) send(); };
  addEventListener("online", again);
  setInterval(again, 15000);
  if (kiosk) {
    let idle;
    const stir = () => { clearTimeout(idle); idle = setTimeout(afresh, 90000); };
    for (const kind of ["input", "pointerdown", "keydown"]) addEventListener(kind, stir);
    drain();
  }
})();
