// What a reader hands on: a short code to copy, and the same on paper.
const CONFIRMED = 4000; // milliseconds for which a confirmation stands

/** Copy a text; true if it worked. A page without a secure address has only the old way. */
async function copied(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const field = make("textarea", { class: "cc-hidden", "aria-hidden": "true", tabindex: -1 }, text);
    const before = document.activeElement;
    document.body.append(field);
    field.select();
    const worked = document.execCommand("copy");
    field.remove();
    before?.focus();
    return worked;
  }
}

/** The code, large, with a button that copies it and says so; `say(text)` tells those who do not see it. */
function codeBox(say) {
  const code = make("strong", { class: "cc-code-text" });
  const told = make("span", { class: "cc-code-told" });
  let timer;
  const copy = make("button", { type: "button", on: { click: async () => {
    const text = code.textContent;
    write(told, (await copied(text)) ? `Copied: ${text}` : "Not copied: mark the code and copy it by hand");
    say(told.textContent);
    clearTimeout(timer);
    timer = setTimeout(() => write(told, ""), CONFIRMED);
  } } }, "Copy the code");
  return {
    node: make("p", { class: "cc-code" }, code, copy, told),
    update(text) {
      this.node.hidden = !text;
      if (code.textContent !== text) write(told, "");
      write(code, text);
    },
  };
}

/** A heading to unfold with a sentence, a small table and, where there is one, a page to print. */
function leafletOf(leaflet, name) {
  if (!leaflet) return [];
  const cells = ([first, ...rest]) => [make("th", { scope: "row" }, first), ...rest.map((text) => make("td", {}, text))];
  const page = leaflet.page ? [make("button", { type: "button",
    on: { click: () => save(`${name}_slips.html`, new Blob([leaflet.page], { type: "text/html" })) } }, "Page of slips to print")] : [];
  return [make("details", { class: "cc-leaflet" }, make("summary", {}, leaflet.title), make("p", { class: "cc-help" }, leaflet.text),
    make("table", {}, make("tbody", {}, ...leaflet.rows.map((row) => make("tr", {}, ...cells(row))))), ...page)];
}
