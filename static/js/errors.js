/* Bring people to what this page answers: what must be changed in a refused form, or what they asked to look at. */
(() => {
  const arrive = (root) => root.querySelector("[data-error-summary], [data-arrive]")?.focus();

  document.addEventListener("DOMContentLoaded", () => {
    if (!document.querySelector("[data-error-summary], [data-arrive]")) return;
    // A form goes to its own address with the fragment of an earlier jump; the browser would go there after us.
    if (location.hash) history.replaceState(history.state, "", location.pathname + location.search);
    arrive(document);
  });
  window.addEventListener("load", () => arrive(document));
  document.addEventListener("htmx:afterSwap", (event) => event.target.querySelector("[data-error-summary]")?.focus());
})();
