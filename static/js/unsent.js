/* What was typed and did not reach the server: encrypted in this browser, for at most a day.

   The key is of one person, comes from the server after signing in, and stays in memory. What is stored is ids, a moment and
   ciphertext: who signs in next cannot read it, and is not told that it is there. Where the browser has no crypto.subtle
   (no https), nothing is stored, and `keep` answers false. A text is of one page at a time: of the one that could not send it, as
   long as that is open, and then of the first that found it.

   luisterloket.unsent: keep(id, place, content), forget(id), found(place), mine(), ready(). */
window.luisterloket ??= {};
(() => {
  const DAY = 24 * 60 * 60 * 1000;
  const STORE = "unsent";
  const able = Boolean(window.crypto?.subtle && window.indexedDB);
  let owner = null; // { persons, keys } once the server told; the first of each writes, the others are of before a new key

  function opened() {
    return new Promise((resolve, reject) => {
      const request = indexedDB.open("luisterloket", 1);
      request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: "id" });
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  }

  async function inStore(mode, work) {
    const database = await opened();
    try {
      return await new Promise((resolve, reject) => {
        const change = database.transaction(STORE, mode);
        const request = work(change.objectStore(STORE));
        change.oncomplete = () => resolve(request?.result);
        change.onerror = change.onabort = () => reject(change.error);
      });
    } finally {
      database.close();
    }
  }

  const all = () => inStore("readonly", (store) => store.getAll());

  // Asks once; after a failure the next who needs the key asks again.
  async function ready() {
    if (!able || owner) return owner;
    const address = document.querySelector("[data-lock]")?.dataset.session;
    if (!address) return null;
    const answer = await fetch(address, { credentials: "same-origin", headers: { Accept: "application/json", "X-Background": "1" } });
    if (!answer.ok) return null;
    const { persons, keys } = await answer.json();
    if (!persons.includes(document.querySelector("[data-lock]").dataset.person)) return null; // someone else signed in meanwhile
    const bytes = (key) => Uint8Array.from(atob(key), (letter) => letter.charCodeAt(0));
    const made = (key) => crypto.subtle.importKey("raw", bytes(key), "AES-GCM", false, ["encrypt", "decrypt"]);
    owner = { persons, keys: await Promise.all(keys.map(made)) };
    return owner;
  }

  // Where text belongs, without saying it: an address has the id of a conversation in it.
  async function placeOf(name, person = owner.persons[0]) {
    const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(`${person} ${name}`));
    return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  }

  // Holds a text for this page until it is closed or the text is forgotten; false when another page holds it.
  const held = new Map();
  const claim = (id) => {
    if (!navigator.locks || held.has(id)) return Promise.resolve(true);
    return new Promise((answer) => {
      navigator.locks
        .request(`luisterloket unsent ${id}`, { ifAvailable: true }, (lock) => {
          answer(Boolean(lock));
          return lock && new Promise((release) => held.set(id, release));
        })
        .catch(() => answer(true));
    });
  };

  function release(id) {
    held.get(id)?.();
    held.delete(id);
  }

  async function keep(id, name, content) {
    try {
      if (!(await ready())) return false;
      await claim(id);
      const place = await placeOf(name);
      const iv = crypto.getRandomValues(new Uint8Array(12));
      const plain = new TextEncoder().encode(JSON.stringify(content));
      const text = await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData: new TextEncoder().encode(place) }, owner.keys[0], plain);
      await inStore("readwrite", (store) => store.put({ id, person: owner.persons[0], place, at: Date.now(), iv, text }));
      return true;
    } catch {
      return false; // storage is full or forbidden: the text is still on the page, and the page says so
    }
  }

  async function forget(id) {
    if (able) await inStore("readwrite", (store) => store.delete(id)).catch(() => {});
    release(id);
  }

  // Only what no other page offers or may still send.
  async function found(name) {
    try {
      if (!(await ready())) return [];
      const places = await Promise.all(owner.persons.map((person) => placeOf(name, person)));
      const here = [];
      for (const one of (await all()).filter((each) => places.includes(each.place)).sort((a, b) => a.at - b.at)) {
        if (!(await claim(one.id))) continue;
        // Another page may have sent it, or thrown it away, a moment ago.
        if (!(await inStore("readonly", (store) => store.get(one.id)))) {
          release(one.id);
          continue;
        }
        try {
          const additionalData = new TextEncoder().encode(one.place);
          const open = (key) => crypto.subtle.decrypt({ name: "AES-GCM", iv: one.iv, additionalData }, key, one.text);
          const plain = await Promise.any(owner.keys.map(open));
          here.push({ id: one.id, at: one.at, content: JSON.parse(new TextDecoder().decode(plain)) });
        } catch {
          // of a key that is no more: it goes by itself after a day
        }
      }
      return here;
    } catch {
      return [];
    }
  }

  // How many texts of this person wait on this device. Needs no key: the page itself knows whose it is.
  async function mine() {
    const person = document.querySelector("[data-lock]")?.dataset.person;
    const persons = owner?.persons ?? [person];
    return able && person ? (await all().catch(() => [])).filter((one) => persons.includes(one.person)).length : 0;
  }

  async function clearOld() {
    const before = Date.now() - DAY;
    const old = (await all()).filter((one) => !(one.at > before));
    for (const one of old) await forget(one.id);
  }

  // Signing out with text that was not sent: first say so.
  function watchLeaving() {
    const dialog = document.querySelector("[data-leaving]");
    let leaving = null;
    if (!able || !dialog) return;
    document.addEventListener("submit", async (event) => {
      const form = event.target;
      if (form.getAttribute("action") !== dialog.dataset.leaving) return;
      event.preventDefault();
      leaving = form;
      if ((await mine()) === 0) form.submit();
      else dialog.showModal();
    });
    dialog.querySelector("[data-leaving-stay]").addEventListener("click", () => dialog.close());
    dialog.querySelector("[data-leaving-go]").addEventListener("click", () => leaving?.submit());
    dialog.addEventListener("close", () => (leaving = null));
  }

  document.addEventListener("DOMContentLoaded", () => {
    watchLeaving();
    if (able) clearOld().catch(() => {});
  });

  window.luisterloket.unsent = { able, ready, keep, forget, found, mine };
})();
