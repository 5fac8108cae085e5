/* Saves while someone types, and never over someone else's text.

   <form data-autosave="/address/" data-revision="3"> with [data-saved] (what it says) and [data-conflict] (both texts).
   PATCH {revision, values} answers 200 {revision, saved_at}, 409 {revision, values}, 401 (signed out), 423 (screen locked).
   With data-together several people write: only what one changed oneself is sent, and what others changed comes in, with their
   names in [data-others]. Rows of a list belong together and are sent as a whole.
   What does not arrive is kept on this device (unsent.js), sent when the server is there again, and offered after a crash.
   The page works without this script: the form's own button saves. */
(() => {
  const QUIET = 800;
  const FIRST_RETRY = 4000;
  const LAST_RETRY = 60000;
  const TOO_LONG = 20000;
  const LISTEN = 6000;
  const { typing, unsent } = window.luisterloket;
  const { controls, read, write, element, texts, clock } = typing;
  const locked = () => "locked" in document.documentElement.dataset;

  function start(form) {
    const saved = form.querySelector("[data-saved]") ?? document.querySelector("[data-saved]");
    const conflict = form.querySelector("[data-conflict]") ?? document.querySelector("[data-conflict]");
    const place = [form.dataset.autosave, location.pathname, form.id].join(" ");
    const own = [...crypto.getRandomValues(new Uint32Array(4))].join("-"); // what this page keeps on this device
    let revision = Number(form.dataset.revision ?? 0);
    let kept = JSON.stringify(read(form)); // what the server has
    let timer = 0;
    let keeping = 0;
    let slow = 0;
    let wait = FIRST_RETRY;
    let busy = false;
    let underway = null;
    let stopped = false; // a conflict waits for a choice, or the form is being sent
    let renew = false; // the token may be of an earlier session
    let troubled = false; // the last save did not arrive
    let unreachable = false; // and nothing else would
    let onDevice = false;

    const together = "together" in form.dataset;

    // What this page changed; of a list all rows, since they are kept as one.
    function mine(values) {
      const before = JSON.parse(kept);
      const changed = new Set(Object.keys(values).filter((name) => JSON.stringify(values[name]) !== JSON.stringify(before[name] ?? "")));
      const rows = [...changed].some((name) => name.startsWith("member-"));
      return Object.fromEntries(Object.entries(values).filter(([name]) => changed.has(name) || (rows && name.startsWith("member-"))));
    }

    // What others changed comes into the page, but never over what is being typed here.
    function letIn(theirs) {
      const own = mine(read(form));
      const news = Object.fromEntries(Object.entries(theirs ?? {}).filter(([name]) => !(name in own)));
      write(form, news);
      kept = JSON.stringify({ ...JSON.parse(kept), ...news });
    }

    async function listen() {
      if (document.hidden || locked() || stopped || busy || unsaved()) return;
      const address = `${form.dataset.autosave}?revision=${revision}`;
      const answer = await fetch(address, { credentials: "same-origin", headers: { Accept: "application/json", "X-Background": "1" } }).catch(() => null);
      if (!answer?.ok || busy || stopped) return;
      const { revision: number, values, others } = await answer.json();
      letIn(values);
      if (!unsaved()) adopt(number);
      const place = document.querySelector("[data-others]");
      const text = others.length ? place?.dataset.text.replace("{who}", others.join(", ")) : "";
      if (place && place.textContent !== text) place.textContent = text;
    }

    const unsaved = () => JSON.stringify(read(form)) !== kept;

    function say(state, { time = "", link = false } = {}) {
      if (!saved) return;
      const text = (saved.dataset[`text${state}`] ?? saved.dataset.textOffline ?? "").replace("{time}", time);
      const words = saved.querySelector("[data-saved-text]") ?? saved;
      const name = { Saving: "saving", Saved: "saved", Conflict: "conflict", SignedOut: "signed-out" }[state] ?? "offline";
      if (saved.dataset.state === name && words.textContent.startsWith(text) && !link) return; // not read aloud twice
      saved.dataset.state = name;
      words.textContent = text;
      if (link && saved.dataset.logIn) {
        const login = element("a", saved.dataset.textLogIn || saved.dataset.logIn);
        login.href = saved.dataset.logIn;
        login.target = "_blank";
        login.rel = "noopener";
        words.append(" ", login);
      }
    }

    function later(delay) {
      clearTimeout(timer);
      timer = setTimeout(() => save(), delay);
    }

    function retry() {
      later(wait);
      wait = Math.min(wait * 2, LAST_RETRY);
    }

    function adopt(number) {
      revision = number;
      form.dataset.revision = number;
      const input = form.elements.namedItem("revision");
      if (input) input.value = number;
    }

    // On this device ---------------------------------------------------------------------------------------------

    async function keepHere() {
      clearTimeout(keeping);
      if (!unsent || !unsaved()) return onDevice;
      const before = JSON.parse(kept);
      const values = read(form);
      const changed = Object.entries(values).filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(before[name] ?? ""));
      onDevice = await unsent.keep(own, place, { revision, values: Object.fromEntries(changed) });
      return onDevice;
    }

    function forgetHere() {
      clearTimeout(keeping);
      if (onDevice) unsent.forget(own);
      onDevice = false;
    }

    async function trouble(state, { link = false } = {}) {
      troubled = true;
      const here = await keepHere();
      if (state === "SignedOut") say(state, { link });
      else say(here ? "Kept" : unsent?.able ? state : "Unable");
    }

    // Asks what to do with text that an earlier page could not send: put it back, or throw it away.
    function offer(one) {
      const template = document.querySelector("[data-unsent]");
      const now = read(form);
      const different = Object.entries(one.content.values).filter(([name, text]) => JSON.stringify(text) !== JSON.stringify(now[name]));
      if (!template || different.length === 0) return unsent.forget(one.id);
      const panel = template.content.firstElementChild.cloneNode(true);
      const { textNow, textThen } = template.dataset;
      const part = panel.querySelector("[data-unsent-texts]");
      panel.querySelector("[data-unsent-time]").textContent = clock(one.at);
      part.append(...texts(form, different.map(([name, text]) => [name, now[name], text]), [textNow, textThen]));
      panel.querySelector("[data-unsent-back]").onclick = (event) => {
        const present = read(form);
        const back = different.filter(([name]) => name in present).map(([name, text]) => {
          // What was typed here meanwhile is not overwritten.
          const typed = present[name] !== now[name] && typeof text === "string" && form.elements.namedItem(name)?.tagName === "TEXTAREA";
          return [name, typed ? `${text}\n\n${present[name]}` : text];
        });
        write(form, Object.fromEntries(back));
        const homeless = different.filter(([name]) => !(name in present));
        event.target.hidden = true;
        part.replaceChildren(...texts(form, homeless.map(([name, text]) => [name, undefined, text]), [textNow, textThen]));
        if (homeless.length === 0) {
          panel.remove();
          waiting.push(one.id);
        }
        controls(form).find((control) => control.name === back[0]?.[0] && control.type !== "hidden")?.focus();
        save();
      };
      panel.querySelector("[data-unsent-away]").onclick = () => {
        unsent.forget(one.id);
        panel.remove();
        controls(form).find((control) => control.type !== "hidden")?.focus();
      };
      form.prepend(panel);
    }

    const waiting = []; // put back, and to be forgotten as soon as the server has it
    const lookBack = async () => (await unsent?.found(place))?.forEach(offer);

    // To the server -----------------------------------------------------------------------------------------------

    // Who asks while a save is on its way waits for that one.
    const save = (options) => (underway = busy ? underway : send(options));

    async function send({ leaving = false } = {}) {
      clearTimeout(timer);
      if (stopped || (locked() && !leaving)) return;
      if (!unsaved()) {
        forgetHere();
        return;
      }
      busy = true;
      const all = read(form);
      const values = together ? mine(all) : all;
      const sent = JSON.stringify(all);
      slow = setTimeout(() => {
        if (!troubled) say("Saving");
        keepHere();
      }, 1000);
      try {
        if (renew) await window.luisterloket.refresh?.();
        const answer = await fetch(form.dataset.autosave, {
          method: "PATCH",
          credentials: "same-origin",
          keepalive: leaving && sent.length < 60000,
          signal: AbortSignal.timeout?.(TOO_LONG),
          headers: {
            "Content-Type": "application/json",
            Accept: "application/json",
            "X-Background": "1",
            "X-CSRFToken": form.elements.namedItem("csrfmiddlewaretoken")?.value ?? "",
            ...(document.querySelector("[data-lock]") ? { "X-Person": document.querySelector("[data-lock]").dataset.person } : {}),
          },
          body: JSON.stringify({ revision, values }),
        });
        unreachable = answer.status >= 500;
        if (answer.ok) {
          const { revision: number, saved_at: moment, values: theirs } = await answer.json();
          adopt(number);
          kept = sent;
          if (together) letIn(theirs);
          wait = FIRST_RETRY;
          renew = troubled = false;
          say("Saved", { time: clock(moment) });
          waiting.splice(0).forEach(unsent?.forget);
          if (unsaved()) later(QUIET);
          else forgetHere();
        } else if (answer.status === 409) {
          stopped = true;
          say("Conflict");
          show(await answer.json(), values);
          keepHere();
        } else if (answer.status === 423) {
          await trouble("Offline");
          document.dispatchEvent(new CustomEvent("luisterloket:refused"));
        } else if (answer.status === 401 || (answer.status === 403 && !renew)) {
          if (answer.status === 401 || renew) await trouble("SignedOut", { link: true });
          renew = true;
          retry();
        } else {
          await trouble(answer.status === 403 ? "SignedOut" : "Failed", { link: answer.status === 403 });
          retry();
        }
      } catch {
        unreachable = true;
        await trouble("Offline");
        retry();
      } finally {
        clearTimeout(slow);
        busy = false;
      }
    }

    function show(theirs, mine) {
      if (!conflict) return;
      const place = conflict.querySelector("[data-conflict-texts]") ?? conflict;
      const pairs = Object.entries(theirs.values ?? {}).filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(mine[name] ?? ""));
      const says = [conflict.dataset.textTheirs ?? "", conflict.dataset.textYours ?? ""];
      place.replaceChildren(...texts(form, pairs.map(([name, value]) => [name, value, mine[name] ?? ""]), says));
      conflict.hidden = false;
      const choose = (take) => () => {
        if (take) write(form, theirs.values ?? {});
        adopt(theirs.revision);
        kept = JSON.stringify({ ...JSON.parse(kept), ...theirs.values });
        stopped = false;
        conflict.hidden = true;
        if (take) kept = JSON.stringify(read(form));
        controls(form).find((control) => control.name in (theirs.values ?? {}) && control.type !== "hidden")?.focus();
        save();
      };
      const keep = conflict.querySelector("[data-conflict-keep]");
      const takeOver = conflict.querySelector("[data-conflict-take]");
      if (keep) keep.onclick = choose(false);
      if (takeOver) takeOver.onclick = choose(true);
    }

    function typed() {
      later(QUIET);
      if (!troubled) return;
      clearTimeout(keeping);
      keeping = setTimeout(keepHere, 300);
    }

    form.addEventListener("input", typed);
    form.addEventListener("change", typed);
    form.addEventListener("submit", async (event) => {
      clearTimeout(timer);
      if (!unreachable || !unsaved()) {
        stopped = true;
        return;
      }
      // The browser would show its own page of a site that is not there, and the text would be gone from the screen.
      event.preventDefault();
      await save();
      if (unsaved()) await save();
      if (!unsaved()) form.requestSubmit(event.submitter);
    });
    window.addEventListener("pageshow", (event) => {
      if (event.persisted) stopped = false;
    });
    window.addEventListener("online", () => save());
    window.addEventListener("focus", () => renew && save());
    document.addEventListener("luisterloket:locked", () => save({ leaving: true }));
    document.addEventListener("luisterloket:unlocked", () => save());
    document.addEventListener("visibilitychange", () => {
      if (!document.hidden) return;
      if (troubled) keepHere();
      save({ leaving: true });
    });
    window.addEventListener("beforeunload", (event) => {
      const sending = stopped && (conflict?.hidden ?? true);
      if (!sending && unsaved()) event.preventDefault();
    });
    lookBack();
    if (together) {
      listen();
      setInterval(listen, LISTEN);
    }
  }

  document.addEventListener("DOMContentLoaded", () => document.querySelectorAll("form[data-autosave]").forEach(start));
})();
