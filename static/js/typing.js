/* Reading, writing and comparing what is typed in a form; the scripts that save it share this.

   luisterloket.typing: controls(form), read(form), write(form, values), texts(form, pairs, says), clock(moment). */
window.luisterloket ??= {};
(() => {
  const NOT_SENT = new Set(["csrfmiddlewaretoken", "revision", "command_key", "return_to"]);

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

  // Two texts per field, one above the other: [name, first, second], with what each of both is.
  function texts(form, pairs, says) {
    return pairs.map(([name, ...both]) => {
      const part = element("div", "", "stack stack--sm");
      part.append(element("h3", labelOf(form, name), "label"));
      both.forEach((value, which) => {
        if (value === undefined) return;
        part.append(element("p", says[which], "small"), element("p", inWords(form, name, value), "conflict__text"));
      });
      return part;
    });
  }

  // What was chosen is said as on the page, not as it is sent.
  function inWords(form, name, value) {
    const label = (one) => {
      const control = controls(form).find((each) => each.name === name && each.value === one && /^(radio|checkbox)$/.test(each.type));
      return control?.labels?.[0]?.textContent.trim() ?? one;
    };
    return [value].flat().map(label).join(", ") || "–";
  }

  window.luisterloket.typing = { controls, read, write, element, texts, clock };
})();
