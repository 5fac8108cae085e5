/* How many messages are new, asked now and then as long as the page is looked at; the answer is mostly that nothing changed.

   [data-messages] is the link in the header, with the address that is asked. Without this script the number is of when the page
   was opened. Asking is no sign of a person: it keeps no screen unlocked. */
(() => {
  const EVERY = 45_000;

  document.addEventListener("DOMContentLoaded", () => {
    const link = document.querySelector("[data-messages]");
    if (!link) return;
    const news = document.querySelector("[data-messages-news]");
    const person = document.querySelector("[data-lock]")?.dataset.person;
    let { tag } = link.dataset;
    let number = Number.parseInt(link.querySelector("[data-messages-number]").textContent, 10);
    let asked = Date.now();

    async function ask() {
      if (document.hidden || "locked" in document.documentElement.dataset) return;
      asked = Date.now();
      try {
        const headers = { Accept: "application/json", "X-Background": "1", "If-None-Match": tag, ...(person ? { "X-Person": person } : {}) };
        const answer = await fetch(link.dataset.messages, { credentials: "same-origin", headers });
        if (answer.status === 423) document.dispatchEvent(new CustomEvent("luisterloket:refused"));
        else if (answer.status === 401) clearInterval(clock);
        else if (answer.status === 200) show(await answer.json());
      } catch {
        // no connection: asked again at the next turn
      }
    }

    function show(state) {
      tag = state.tag;
      link.toggleAttribute("data-new", state.number > 0);
      link.querySelector("[data-messages-number]").textContent = state.shown;
      link.querySelector("[data-messages-words]").textContent = state.words;
      // Only what came in is said aloud.
      if (state.number > number) news.textContent = state.words;
      number = state.number;
    }

    const clock = setInterval(ask, EVERY);
    document.addEventListener("visibilitychange", () => Date.now() - asked > EVERY && ask());
  });
})();
