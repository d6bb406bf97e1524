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
  const later = (response) => [429, 500, 502, 503, 504].includes(response.status);

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
    const some = kept.pairs.some(([k, v]) => k !== "sitting" && v.trim());
    if (some && !document.querySelector("[role=alert]")) say(note.dataset.restored);
  }
  look();

  const clean = () => { for (const e of form.querySelectorAll(".field.lacks")) { e.classList.remove("lacks", "wrong"); e.querySelector(".said-wrong").remove(); } };
  const lacking = () => { // what must be answered; of a unit that is rated, once something of it is
    const answered = new Set(pairs().filter(([, v]) => v.trim()).map(([k]) => k));
    const empty = (box) => [...box.querySelectorAll("[name]")].every((e) => !answered.has(e.name));
    return [...form.querySelectorAll(".field[data-required]")].filter((f) => {
      const part = f.closest("details");
      return empty(f) && !f.querySelector(":disabled") && !(part && empty(part));
    });
  };
  const complete = () => {
    clean();
    const found = lacking();
    for (const field of found) {
      const words = Object.assign(document.createElement("p"), { className: "said-wrong", textContent: note.dataset.lacks });
      field.classList.add("lacks", "wrong");
      field.querySelector("legend, label").after(words);
    }
    const first = found[0];
    first?.closest("details")?.setAttribute("open", "");
    first?.querySelector("input, textarea").focus();
    first?.scrollIntoView({ block: "start" });
    return !first;
  };

  let waiting = false, draining = false;
  const afresh = () => { form.reset(); clean(); form.elements.namedItem("sitting").value = number(); look(); scrollTo(0, 0); };
  const sitting = (all) => all.find(([k]) => k === "sitting")?.[1];
  const drain = async () => {
    if (draining) return;
    draining = true;
    let refused = 0;
    for (let one; (one = (read(queue) ?? [])[0]);) {
      const response = await post(one).catch(() => null);
      if (!response || (!arrived(response) && later(response))) break;
      if (!arrived(response)) refused += 1;
      write(queue, (read(queue) ?? []).filter((kept) => sitting(kept) !== sitting(one))); // others may have come meanwhile
    }
    draining = false;
    if (refused) say(note.dataset.refused.replace("#", refused));
    else if (!read(queue)?.length && note.textContent === note.dataset.queued) say("");
  };
  const keep = (all) => {
    if (!complete()) { waiting = false; return; } // the server can't say it now; later nobody is there to hear it
    if (!kiosk) { say(note.dataset.offline); return; }
    write(queue, [...(read(queue) ?? []), all]);
    waiting = false;
    afresh();
    say(note.dataset.queued);
  };
  const send = async () => {
    waiting = true;
    const all = pairs();
    if (!kiosk) write(place, { pairs: all, sending: true });
    const response = await post(all).catch(() => null);
    if (!response || [502, 503, 504].includes(response.status)) { keep(all); return; }
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
