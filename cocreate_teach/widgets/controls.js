// Native controls: a range paired with a number field, a select, a field for a text; labels and keyboard come with them.
const TYPED_AFTER = 400; // milliseconds without a key, before a text is read
let counter = 0;

function make(name, attributes = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key === "on") for (const [event, handler] of Object.entries(value)) node.addEventListener(event, handler);
    else if (value === true) node.setAttribute(key, "");
    else if (value !== false && value !== undefined) node.setAttribute(key, value);
  }
  // JupyterLab reads arrows and letters as shortcuts of the notebook unless the focused element itself says no.
  if (/^(input|select|button|summary|textarea)$/.test(name) || "tabindex" in attributes) node.dataset.lmSuppressShortcuts = "true";
  node.append(...children);
  return node;
}

/** Build a control; `changed(value, moving)` gets each new value; moving: the hand is still on a slider.
 *  Returns { node, show(value) }, and settle(value) for what is kept of a text. */
function buildControl(control, changed) {
  const id = `cc-${control.name}-${counter++}`;
  const capital = control.label.charAt(0).toUpperCase() + control.label.slice(1);
  const described = control.help ? `${id}-help` : undefined;
  const help = control.help ? [make("span", { class: "cc-help", id: described }, control.help)] : [];
  const label = make("label", { for: id }, capital);
  if (control.kind === "choice") {
    const options = control.options.map(([value, text]) => make("option", { value }, text));
    const select = make("select", { id, "aria-describedby": described,
      on: { change: () => changed(select.value) } }, ...options);
    return {
      node: make("div", { class: "cc-control" }, label, select, ...help),
      show(value) { if (select.value !== value) select.value = value; },
    };
  }
  if (control.kind === "switch") {
    const box = make("input", { id, type: "checkbox", "aria-describedby": described,
      on: { change: () => changed(box.checked ? 1 : 0) } });
    return {
      node: make("div", { class: "cc-control cc-switch" }, box, label, ...help),
      show(value) { box.checked = Boolean(value); },
    };
  }
  if (control.kind === "text") {
    let kept = ""; // what the kernel keeps of it; nobody's text changes while they type
    let waiting = false;
    let timer;
    const typed = () => { clearTimeout(timer); waiting = true; changed(field.value); };
    const field = make("textarea", { id, rows: 3, spellcheck: "false", autocomplete: "off", "aria-describedby": described,
      on: {
        input: () => { clearTimeout(timer); waiting = true; timer = setTimeout(typed, TYPED_AFTER); },
        change: typed,
        blur: () => { if (!waiting) field.value = kept; },
      } });
    const show = (value) => {
      kept = value;
      if (!waiting && document.activeElement !== field && field.value !== value) field.value = value;
    };
    return {
      node: make("div", { class: "cc-control" }, label, field, ...help),
      show,
      settle(value) { waiting = false; show(value); },
    };
  }
  const limits = { min: control.low, max: control.high, step: control.step };
  const range = make("input", { id, type: "range", ...limits, "aria-describedby": described,
    on: {
      input: () => { number.value = range.value; changed(range.valueAsNumber, true); },
      change: () => changed(range.valueAsNumber),
    } });
  const number = make("input", { type: "number", ...limits, "aria-label": `${capital}, as a number`,
    on: {
      input: () => { // an empty field is somebody still typing, until they leave it
        if (number.value === "") return;
        range.value = number.value;
        changed(number.valueAsNumber);
      },
      change: () => { if (number.value === "") changed(null); },
    } });
  return {
    node: make("div", { class: "cc-control" }, label, make("div", { class: "cc-pair" }, range, number), ...help),
    show(value) {
      if (value === null || value === undefined) return;
      if (range.valueAsNumber !== value) range.value = value;
      if (number.valueAsNumber !== value) number.value = Number(value.toFixed(6));
    },
  };
}
