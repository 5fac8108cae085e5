/* The matrix by keyboard, as one stop of the Tab key: the arrows move, the space bar goes to the next level, the first letter of
   a level (or n, r, c, or its number) chooses it. Without this script the cells are plain choices in a form. */
(() => {
  const letters = ["n", "r", "c"];
  for (const grid of document.querySelectorAll("[data-cells]")) {
    const rows = [...grid.tBodies[0].rows].map((row) => [...row.querySelectorAll("select")]);
    const all = rows.flat();
    const stop = (cell) => all.forEach((one) => { one.tabIndex = one === cell ? 0 : -1; });
    if (all.length) stop(all[0]);
    grid.setAttribute("role", "grid");
    grid.addEventListener("focusin", ({ target }) => all.includes(target) && stop(target));
    grid.addEventListener("keydown", (event) => {
      const cell = event.target;
      if (!all.includes(cell) || event.altKey || event.metaKey) return;
      const y = rows.findIndex((row) => row.includes(cell));
      const x = rows[y].indexOf(cell);
      const last = rows[y].length - 1;
      const moves = {
        ArrowRight: [x + 1, y], ArrowLeft: [x - 1, y], ArrowDown: [x, y + 1], ArrowUp: [x, y - 1],
        Home: [0, event.ctrlKey ? 0 : y], End: [last, event.ctrlKey ? rows.length - 1 : y],
      };
      if (moves[event.key]) {
        const [column, row] = moves[event.key];
        rows[row]?.[column]?.focus();
      } else if (event.ctrlKey || !choose(cell, event.key.toLowerCase())) return;
      event.preventDefault();
    });
  }
  for (const hint of document.querySelectorAll("[data-cells-hint]")) hint.hidden = false;

  function choose(cell, key) {
    const options = [...cell.options];
    const named = options.findIndex((option) => option.textContent.trim().toLowerCase().startsWith(key));
    let index = key.length === 1 ? [named, letters.indexOf(key), "012".indexOf(key)].find((found) => found >= 0) : undefined;
    if (key === " ") index = (cell.selectedIndex + 1) % options.length;
    if (index === undefined) return false;
    if (index !== cell.selectedIndex) {
      cell.selectedIndex = index;
      cell.dispatchEvent(new Event("change", { bubbles: true }));
    }
    return true;
  }
})();
