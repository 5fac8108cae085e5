/* The lock of a page: it falls after idleness, at a button, at Alt+L, in all tabs together, and when the server says 423.

   The page stays as it was beneath the curtain, with its text and cursor; unlocking happens in place. Others hear of it by
   the events luisterloket:locked and luisterloket:unlocked on the document, and tell that the server answered 423 with
   luisterloket:refused. The server keeps the lock: without this script its pages do the same. */
window.luisterloket ??= {};
(() => {
  const SIGNS = ["keydown", "pointerdown", "wheel", "touchstart", "input"];
  const channel = "BroadcastChannel" in window ? new BroadcastChannel("luisterloket") : null;

  function start(curtain) {
    const { person, session } = curtain.dataset;
    const [idle, warn, tell] = ["idle", "warn", "tell"].map((name) => Number(curtain.dataset[name]) * 1000);
    const warning = document.querySelector("[data-lock-warning]");
    const form = curtain.querySelector("[data-unlock]");
    const field = form.elements.namedItem("password");
    const signedOut = curtain.querySelector("[data-lock-signed-out]");
    const title = document.title;
    let locked = false;
    let seen = Date.now(); // when a person was last seen here, or in another tab
    let told = Date.now(); // when the server last heard of it; loading this page was a sign
    let telling = 0;
    let owed = false; // locked here, and the server does not know it yet
    let cursor = null;

    const post = (address, body) =>
      fetch(address, { method: "POST", credentials: "same-origin", headers: { Accept: "application/json", "X-CSRFToken": token() }, body });
    const token = () => form.elements.namedItem("csrfmiddlewaretoken").value;
    const say = (what) => channel?.postMessage({ what, person });

    function takeToken(fresh) {
      if (!fresh) return;
      for (const input of document.querySelectorAll("[name=csrfmiddlewaretoken]")) input.value = fresh;
      document.body.setAttribute("hx-headers", JSON.stringify({ "X-CSRFToken": fresh }));
    }

    // The curtain ------------------------------------------------------------------------------------------------

    function cover({ out = false } = {}) {
      form.hidden = out;
      signedOut.hidden = !out;
      if (locked) return;
      locked = true;
      warning.hidden = true;
      const at = document.activeElement;
      cursor = { at, from: at?.selectionStart, to: at?.selectionEnd, x: scrollX, y: scrollY };
      document.documentElement.dataset.locked = "";
      document.title = `${curtain.dataset.textTitle} – Luisterloket`;
      field.value = "";
      showError("");
      if (!curtain.open) curtain.showModal();
      document.dispatchEvent(new CustomEvent("luisterloket:locked"));
    }

    function uncover() {
      if (!locked) return;
      locked = false;
      seen = told = Date.now();
      delete document.documentElement.dataset.locked;
      document.title = title;
      field.value = "";
      curtain.close();
      cursor?.at?.focus?.({ preventScroll: true });
      try {
        if (cursor?.from != null) cursor.at.setSelectionRange(cursor.from, cursor.to);
      } catch {
        // not every field has a cursor
      }
      scrollTo(cursor?.x ?? 0, cursor?.y ?? 0);
      document.dispatchEvent(new CustomEvent("luisterloket:unlocked"));
    }

    function showError(text) {
      const error = curtain.querySelector("[data-lock-error]");
      error.hidden = !text;
      error.querySelector("[data-lock-error-text]").textContent = text;
      field.toggleAttribute("aria-invalid", Boolean(text));
      field.closest(".field").classList.toggle("field--invalid", Boolean(text));
    }

    function lockNow() {
      owed = true;
      cover();
      say("locked");
      return tellServer();
    }

    // Until the server knows of the lock, nothing lifts the curtain.
    async function tellServer() {
      try {
        const answer = await post(curtain.dataset.lockAt);
        if (answer.status === 401) cover({ out: true });
        owed = !answer.ok && answer.status !== 401;
      } catch {
        // no connection: told again as soon as there is one
      }
      return !owed;
    }

    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      if (owed && !(await tellServer())) return showError(curtain.dataset.textNoConnection);
      const button = form.querySelector("button[type=submit]");
      if (button.disabled) return;
      button.disabled = true;
      try {
        const answer = await post(form.action, new URLSearchParams({ password: field.value }));
        const state = answer.headers.get("Content-Type")?.includes("json") ? await answer.json() : {};
        if (answer.ok) {
          owed = false;
          takeToken(state.csrf);
          uncover();
          say("unlocked");
        } else if (answer.status === 401) {
          cover({ out: true });
          say("locked");
        } else {
          if (answer.status === 403) await refresh();
          showError(state.detail ?? curtain.dataset.textNoConnection);
          field.select();
        }
      } catch {
        showError(curtain.dataset.textNoConnection);
      } finally {
        button.disabled = false;
      }
    });
    curtain.addEventListener("cancel", (event) => event.preventDefault());
    curtain.addEventListener("close", () => locked && curtain.showModal());
    curtain.addEventListener("keydown", (event) => event.key === "Escape" && event.preventDefault());

    // What the server thinks ---------------------------------------------------------------------------------------

    // Asks for a fresh proof of origin, and whether this person's session is still open.
    async function refresh({ background = true } = {}) {
      if (owed && !(await tellServer())) return;
      try {
        const headers = { Accept: "application/json", ...(background ? { "X-Background": "1" } : {}) };
        const answer = await fetch(session, { credentials: "same-origin", headers });
        const state = answer.headers.get("Content-Type")?.includes("json") ? await answer.json() : {};
        // After a new key of the server a page that is open still has the name of before.
        const other = !(state.persons ?? [state.person]).includes(person);
        takeToken(state.person && other ? "" : state.csrf);
        if (answer.status === 423) cover();
        else if ((answer.status === 401 && locked) || (answer.ok && other)) cover({ out: true });
        else if (answer.ok && !background) told = Date.now();
        else if (answer.ok && locked) uncover();
      } catch {
        // no connection
      }
    }

    // Idleness -----------------------------------------------------------------------------------------------------

    function sign(event) {
      // A press on the warning counts when it is finished: hidden halfway, it would land on what is beneath.
      if (locked || (event && (!event.isTrusted || warning.contains(event.target)))) return;
      // Whoever was away too long, for instance with a laptop asleep, does not come back by a key.
      if (Date.now() - seen > idle) return lockNow();
      seen = Date.now();
      warning.hidden = true;
      if (telling) return;
      telling = setTimeout(
        () => {
          telling = 0;
          if (locked) return;
          say("seen");
          refresh({ background: false });
        },
        Math.max(0, told + tell - seen),
      );
    }

    function tick() {
      const left = seen + idle - Date.now();
      if (locked) return;
      if (left <= 0) lockNow();
      else warning.hidden = left > warn;
    }

    for (const name of SIGNS) addEventListener(name, sign, { passive: true, capture: true });
    setInterval(tick, 1000);
    document.addEventListener("visibilitychange", tick);
    let cameFrom = null;
    warning.addEventListener("focusin", (event) => (cameFrom = event.relatedTarget ?? cameFrom));
    warning.querySelector("[data-lock-stay]").addEventListener("click", () => {
      sign();
      cameFrom?.focus();
    });

    // Who else tells -------------------------------------------------------------------------------------------------

    document.addEventListener("click", (event) => {
      if (!event.target.closest?.("[data-lock-now]")) return;
      event.preventDefault();
      lockNow();
    });
    document.addEventListener("keydown", (event) => {
      if (!event.altKey || event.ctrlKey || event.metaKey || event.code !== "KeyL") return;
      event.preventDefault();
      if (!locked) lockNow();
    });
    document.addEventListener("luisterloket:refused", () => cover());
    document.addEventListener("htmx:responseError", (event) => event.detail.xhr.status === 423 && cover());
    channel?.addEventListener("message", ({ data }) => {
      if (data.what === "seen" && data.person === person) seen = Math.max(seen, Date.now());
      else if (data.what === "locked" && data.person === person) cover();
      // A page was opened or unlocked: ours opens with it when it is of the same person.
      else if (data.what === "unlocked" && (locked || data.person !== person)) refresh();
    });
    for (const name of ["focus", "online"]) window.addEventListener(name, () => locked && refresh());
    say("unlocked");
    window.luisterloket.refresh = refresh;
  }

  document.addEventListener("DOMContentLoaded", () => {
    const curtain = document.querySelector("[data-lock]");
    if (curtain) start(curtain);
  });
})();
