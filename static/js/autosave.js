/* Saves while someone types, and never over someone else's text.

   <form data-autosave="/address/" data-revision="3"> with [data-saved] (what it says) and [data-conflict] (both texts).
   PATCH {revision, values} answers 200 {revision, saved_at}, 409 {revision, values}, 401 (logged out).
   The page works without this script: the form's own button saves. */
(() => {
  const QUIET = 800;
  const FIRST_RETRY = 4000;
  const LAST_RETRY = 60000;
  const NOT_SENT = new Set(["csrfmiddlewaretoken", "revision", "command_key"]);

  const controls = (form) =>
    [...form.elements].filter((control) => control.name && !NOT_SENT.has(control.name) && !/^(button|submit|reset|file|image)$/.test(control.type));

  function read(form) {
    const values = {};
    const all = controls(form);
    for (const control of all) {
      const { name, type, value } = control;
      if (type === "radio") {
        values[name] ??= "";
        if (control.checked) values[name] = value;
      } else if (type === "checkbox" && all.filter((other) => other.name === name).length > 1) {
        values[name] ??= [];
        if (control.checked) values[name].push(value);
      } else if (type === "checkbox") {
        values[name] = control.checked ? value : "";
      } else if (type === "select-multiple") {
        values[name] = [...control.selectedOptions].map((option) => option.value);
      } else {
        values[name] = value;
      }
    }
    return values;
  }

  function write(form, values) {
    for (const control of controls(form)) {
      if (!(control.name in values)) continue;
      const wanted = [values[control.name]].flat().map(String);
      if (control.type === "radio" || control.type === "checkbox") control.checked = wanted.includes(control.value);
      else if (control.type === "select-multiple") for (const option of control.options) option.selected = wanted.includes(option.value);
      else control.value = wanted[0] ?? "";
    }
  }

  function labelOf(form, name) {
    const control = controls(form).find((one) => one.name === name);
    const group = /^(radio|checkbox)$/.test(control?.type) ? control.closest("fieldset")?.querySelector("legend") : null;
    return (group ?? control?.labels?.[0])?.textContent.trim() ?? name;
  }

  function element(tag, text, classes = "") {
    const made = document.createElement(tag);
    made.textContent = text;
    if (classes) made.className = classes;
    return made;
  }

  function clock(moment) {
    const language = document.documentElement.lang || "nl";
    if (/^\d{1,2}[.:]\d\d$/.test(moment)) return moment.replace(/[.:]/, language === "nl" ? "." : ":");
    const text = new Date(moment).toLocaleTimeString(language === "en" ? "en-GB" : language, { hour: "numeric", minute: "2-digit" });
    return language === "nl" ? text.replace(/^0/, "").replace(":", ".") : text;
  }

  function start(form) {
    const saved = form.querySelector("[data-saved]") ?? document.querySelector("[data-saved]");
    const conflict = form.querySelector("[data-conflict]") ?? document.querySelector("[data-conflict]");
    let revision = Number(form.dataset.revision ?? 0);
    let kept = JSON.stringify(read(form)); // what the server has
    let timer = 0;
    let slow = 0;
    let wait = FIRST_RETRY;
    let busy = false;
    let stopped = false; // a conflict waits for a choice, or the form is being sent
    let renew = false; // the token may be of an earlier session

    const unsaved = () => JSON.stringify(read(form)) !== kept;

    function say(state, { time = "", link = false } = {}) {
      if (!saved) return;
      const text = (saved.dataset[`text${state}`] ?? saved.dataset.textOffline ?? "").replace("{time}", time);
      const place = saved.querySelector("[data-saved-text]") ?? saved;
      const name = { Saving: "saving", Saved: "saved", Offline: "offline", Failed: "offline", Conflict: "conflict", SignedOut: "signed-out" }[state];
      if (saved.dataset.state === name && place.textContent.startsWith(text) && !link) return; // not read aloud twice
      saved.dataset.state = name;
      place.textContent = text;
      if (link && saved.dataset.logIn) {
        const login = element("a", saved.dataset.textLogIn || saved.dataset.logIn);
        login.href = saved.dataset.logIn;
        login.target = "_blank";
        login.rel = "noopener";
        place.append(" ", login);
      }
    }

    function later(delay) {
      clearTimeout(timer);
      timer = setTimeout(save, delay);
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

    // After a new log-in the token in this page no longer holds: fetch a fresh one and give it to every form here.
    async function newToken() {
      const answer = await fetch(location.href, { credentials: "same-origin" });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const token = page.querySelector("[name=csrfmiddlewaretoken]")?.value;
      if (token) for (const input of document.querySelectorAll("[name=csrfmiddlewaretoken]")) input.value = token;
    }

    async function save({ leaving = false } = {}) {
      clearTimeout(timer);
      if (busy || stopped || !unsaved()) return;
      busy = true;
      const values = read(form);
      const sent = JSON.stringify(values);
      slow = setTimeout(() => say("Saving"), 1000);
      try {
        if (renew) await newToken();
        const answer = await fetch(form.dataset.autosave, {
          method: "PATCH",
          credentials: "same-origin",
          keepalive: leaving && sent.length < 60000,
          headers: {
            "Content-Type": "application/json",
            Accept: "application/json",
            "X-CSRFToken": form.elements.namedItem("csrfmiddlewaretoken")?.value ?? "",
          },
          body: JSON.stringify({ revision, values }),
        });
        if (answer.ok) {
          const { revision: number, saved_at: moment } = await answer.json();
          adopt(number);
          kept = sent;
          wait = FIRST_RETRY;
          renew = false;
          say("Saved", { time: clock(moment) });
          if (unsaved()) later(QUIET);
        } else if (answer.status === 409) {
          stopped = true;
          say("Conflict");
          show(await answer.json(), values);
        } else if (answer.status === 401 || (answer.status === 403 && !renew)) {
          if (answer.status === 401 || renew) say("SignedOut", { link: true });
          renew = true;
          retry();
        } else {
          say(answer.status === 403 ? "SignedOut" : "Failed", { link: answer.status === 403 });
          retry();
        }
      } catch {
        say("Offline");
        retry();
      } finally {
        clearTimeout(slow);
        busy = false;
      }
    }

    function show(theirs, mine) {
      if (!conflict) return;
      const texts = conflict.querySelector("[data-conflict-texts]") ?? conflict;
      texts.replaceChildren();
      for (const [name, value] of Object.entries(theirs.values ?? {})) {
        if (JSON.stringify(value) === JSON.stringify(mine[name] ?? "")) continue;
        const both = element("div", "", "stack stack--sm");
        both.append(
          element("h3", labelOf(form, name), "label"),
          element("p", conflict.dataset.textTheirs ?? "", "small"),
          element("p", [value].flat().join(", "), "conflict__text"),
          element("p", conflict.dataset.textYours ?? "", "small"),
          element("p", [mine[name] ?? ""].flat().join(", "), "conflict__text"),
        );
        texts.append(both);
      }
      conflict.hidden = false;
      const choose = (take) => () => {
        if (take) write(form, theirs.values ?? {});
        adopt(theirs.revision);
        kept = JSON.stringify(theirs.values ?? {});
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

    form.addEventListener("input", () => later(QUIET));
    form.addEventListener("change", () => later(QUIET));
    form.addEventListener("submit", () => {
      clearTimeout(timer);
      stopped = true;
    });
    window.addEventListener("pageshow", (event) => {
      if (event.persisted) stopped = false;
    });
    window.addEventListener("online", () => save());
    window.addEventListener("focus", () => renew && save());
    document.addEventListener("visibilitychange", () => document.hidden && save({ leaving: true }));
    window.addEventListener("beforeunload", (event) => {
      const sending = stopped && (conflict?.hidden ?? true);
      if (!sending && unsaved()) event.preventDefault();
    });
  }

  document.addEventListener("DOMContentLoaded", () => document.querySelectorAll("form[data-autosave]").forEach(start));
})();
