// Makes photos small before they go over a bad line, and keeps them on this device until the server has them.
// Without this script they are sent as they were taken.
"use strict";
(() => {
  const LONGEST = 2400;
  const QUALITY = 0.85;
  const STORE = "photos";
  const KEPT = 3 * 24 * 3600 * 1000; // what was never sent is forgotten after three days

  const open = () => new Promise((done, fail) => {
    const asked = indexedDB.open("parindex-photos", 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore(STORE);
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => fail(asked.error);
  });
  const within = async (mode, act) => {
    const base = await open();
    try {
      return await new Promise((done, fail) => {
        const asked = act(base.transaction(STORE, mode).objectStore(STORE));
        asked.onsuccess = () => done(asked.result);
        asked.onerror = () => fail(asked.error);
      });
    } finally { base.close(); }
  };
  const ready = (input, is) => { input.dataset.ready = is; };
  const put = (input, files) => {
    const held = new DataTransfer();
    for (const file of files) held.items.add(file);
    input.files = held.files;
  };
  const small = async (file) => {
    try {
      const picture = await createImageBitmap(file);
      const scale = LONGEST / Math.max(picture.width, picture.height);
      if (scale >= 1) return file;
      const canvas = document.createElement("canvas");
      canvas.width = Math.round(picture.width * scale);
      canvas.height = Math.round(picture.height * scale);
      canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
      const made = await new Promise((done) => canvas.toBlob(done, "image/jpeg", QUALITY));
      if (!made || made.size >= file.size) return file;
      return new File([made], file.name.replace(/\.\w+$/, "") + ".jpg", { type: "image/jpeg" });
    } catch { return file; }
  };

  const forget = async () => {
    for (const place of await within("readonly", (store) => store.getAllKeys())) {
      const kept = await within("readonly", (store) => store.get(place));
      if (Date.now() - kept.at > KEPT) await within("readwrite", (store) => store.delete(place));
    }
  };

  for (const input of document.querySelectorAll("form[data-keep-photos] input[name=photos]")) {
    const form = input.form;
    const place = form.dataset.keepPhotos;
    const stamp = form.dataset.stamp || "";
    const key = form.elements.namedItem("key");
    const done = (form.dataset.done || "").split(" ");
    const restored = async () => {
      const kept = await within("readonly", (store) => store.get(place));
      if (!kept) return;
      if (kept.stamp !== stamp || (kept.key && done.includes(kept.key))) {
        await within("readwrite", (store) => store.delete(place));
        return;
      }
      if (input.files.length) return;
      put(input, kept.files);
      if (key && kept.key) key.value = kept.key;
      form.closest("details")?.setAttribute("open", "");
    };
    input.addEventListener("change", async () => {
      ready(input, "no");
      try {
        const files = await Promise.all([...input.files].map(small));
        put(input, files);
        await within("readwrite", (store) => store.put({ key: key ? key.value : "", stamp, files, at: Date.now() }, place));
      } catch { /* sent as they were taken, and chosen again after a break */ }
      ready(input, "yes");
    });
    forget().then(restored).catch(() => null).finally(() => ready(input, "yes"));
  }
})();
