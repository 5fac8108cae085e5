/* Selecting words in a text puts them in the quote field. Without this script they are typed or pasted there.
   <p data-markable> … <textarea data-quote> (data-markable="id" names another quote field). */
(() => {
  document.addEventListener("pointerup", (event) => {
    const text = event.target.closest?.("[data-markable]");
    if (!text) return;
    // The selection is known only after this event.
    setTimeout(() => {
      const selection = document.getSelection();
      const words = selection.toString().trim();
      const within = [selection.anchorNode, selection.focusNode].every((node) => node && text.contains(node));
      if (!words || !within) return;
      const quote = text.dataset.markable ? document.getElementById(text.dataset.markable) : document.querySelector("[data-quote]");
      if (!quote) return;
      quote.value = words;
      quote.dispatchEvent(new Event("input", { bubbles: true }));
      quote.form?.querySelector("button[type=submit], button:not([type])")?.focus();
    });
  });
})();
