/* Finding without the mouse: the key / leads to the search box, the arrows walk through what was found, Escape leads back.

   [data-find] is a box to search in, [data-results] holds what was found, [data-shortcut] switches the key / on and off (WCAG
   2.1.4): that choice is kept in this browser. Without this script Tab does the same. */
(() => {
  const OFF = "luisterloket.search-key-off";
  const isOff = () => localStorage.getItem(OFF) === "1";
  const shown = (element) => element.getClientRects().length > 0;
  const boxes = () => [...document.querySelectorAll("[data-find]")].filter(shown);
  const typesIn = (element) => element.closest?.("input, textarea, select, [contenteditable]");

  function walk(event) {
    const results = document.querySelector("[data-results]");
    const box = event.target.closest?.("[data-find]");
    if (!results || !(box || results.contains(event.target))) return;
    const links = [...results.querySelectorAll("a[href], button")].filter(shown);
    const at = links.indexOf(document.activeElement);
    if (event.key === "Escape" && !box) boxes().at(-1)?.focus();
    else if (event.key === "ArrowDown" && links[at + 1]) links[at + 1].focus();
    else if (event.key === "ArrowUp" && !box) (links[at - 1] ?? boxes().at(-1))?.focus();
    else return;
    event.preventDefault();
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "/" && !isOff() && !typesIn(event.target)) {
      // On the page of residents its own box; elsewhere the one in the header, or the way to it.
      const box = boxes().at(-1);
      if (!box) return;
      event.preventDefault();
      box.focus();
      box.select();
    } else if (["ArrowDown", "ArrowUp", "Escape"].includes(event.key)) walk(event);
  });

  document.addEventListener("DOMContentLoaded", () => {
    for (const box of document.querySelectorAll("[data-find]")) {
      if (isOff()) continue;
      box.setAttribute("aria-keyshortcuts", "/");
      if (box.dataset.hint) box.placeholder = box.dataset.hint;
    }
    for (const choice of document.querySelectorAll("[data-shortcut]")) {
      choice.closest("[hidden]")?.removeAttribute("hidden");
      choice.checked = !isOff();
      choice.addEventListener("change", () => (choice.checked ? localStorage.removeItem(OFF) : localStorage.setItem(OFF, "1")));
    }
  });
})();
