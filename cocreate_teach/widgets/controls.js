// Native controls: a range paired with a number field, a select; labels and keyboard come with them.
let counter = 0;

function make(name, attributes = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key === "on") for (const [event, handler] of Object.entries(value)) node.addEventListener(event, handler);
    else if (value === true) node.setAttribute(key, "");
    else if (value !== false && value !== undefined) node.setAttribute(key, value);
  }
  // JupyterLab reads arrows and letters as shortcuts of the notebook unless the focused element itself says no.
  if (/^(input|select|button|summary)$/.test(name) || "tabindex" in attributes) node.dataset.lmSuppressShortcuts = "true";
  node.append(...children);
  return node;
}

/** Build a control; `changed(value, moving)` gets each new value; moving: the hand is still on a slider.
 *  Returns { node, show(value) }. */
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
