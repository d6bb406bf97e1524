// Keyboard first: J and K go from case to case, A accepts, O opens the ruling. Everything works without it.
"use strict";
(() => {
  const cases = [...document.querySelectorAll(".case")];
  if (!cases.length) return;
  const at = () => cases.findIndex((c) => c.contains(document.activeElement));
  const go = (step) => {
    const next = cases[Math.min(Math.max(at() + step, 0), cases.length - 1)];
    next.focus();
    next.scrollIntoView({ block: "start" });
  };
  const acts = {
    j: () => go(1),
    k: () => go(-1),
    a: () => cases[at()]?.querySelector("button[value=accept]")?.click(),
    o: () => {
      const more = cases[at()]?.querySelector("details");
      if (more) { more.open = true; more.querySelector("input, select, textarea")?.focus(); }
    },
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName)) return;
    const act = acts[event.key.toLowerCase()];
    if (act) { event.preventDefault(); act(); }
  });
  if (location.hash) document.getElementById(decodeURIComponent(location.hash.slice(1)))?.focus();
})();
