// The canvas of a group: two pages of questions with answers, results kept from explorers, and the file.
const TYPING = 500; // milliseconds without a key until a text is sent
const PATIENCE = 15000; // milliseconds until a silent kernel is a fault

/** A field whose text is sent when the hand rests or leaves; `show` never takes away what is being typed. */
function typed(field, send) {
  let timer;
  const flush = () => {
    if (timer === undefined) return;
    clearTimeout(timer);
    timer = undefined;
    send(field.value);
  };
  field.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(flush, TYPING); });
  field.addEventListener("change", flush);
  field.dataset.lmSuppressShortcuts = "true";
  return {
    field, flush,
    show(text, whole) {
      if (!whole && (timer !== undefined || field === document.activeElement)) return;
      clearTimeout(timer);
      timer = undefined;
      if (field.value !== text) field.value = text;
    },
  };
}

let labels = 0;
function labelled(text, field, hint) {
  field.id = `cc-canvas-${labels++}`;
  const help = hint ? [make("span", { class: "cc-help", id: `${field.id}-help` }, hint)] : [];
  if (hint) field.setAttribute("aria-describedby", `${field.id}-help`);
  return [make("label", { for: field.id }, text), ...help, field];
}


/** One result that was kept: finding, picture, remark, its box, and what stands behind it. */
function resultCard(result, picture, boxes, longest, send) {
  const { number } = result;
  const remark = typed(make("textarea", { rows: 2, maxlength: longest.remark, dir: "auto" }),
    (text) => send({ do: "remark", number, text }));
  const box = make("select", { on: { change: () => send({ do: "move", number, box: box.value }) } },
    ...boxes.map(({ name, question }) => make("option", { value: name }, question)));
  const shown = picture
    ? make("img", { alt: result.alt, src: `data:image/png;base64,${picture}` })
    : make("p", {}, result.alt);
  const settings = result.settings.length ? [tableOf("Moved by hand", undefined, result.settings)] : [];
  const node = make("article", { class: "cc-result", tabindex: -1, "aria-label": `Result: ${result.headline}` },
    make("p", { class: "cc-title" }, result.title),
    make("p", { class: "cc-found" }, result.headline),
    shown,
    make("details", {}, make("summary", {}, "Numbers, source and assumption"),
      tableOf("Key numbers", undefined, result.key_numbers), ...settings,
      make("p", { class: "cc-note" }, result.note), make("p", { class: "cc-note" }, result.assumption)),
    ...labelled("Remark on this result", remark.field),
    ...labelled("Box of this result", box),
    make("div", { class: "cc-buttons" }, make("button", { type: "button", "aria-label": `Remove: ${result.headline}`,
      on: { click: () => send({ do: "remove", number }) } }, "Remove")));
  return { node, box, remark, show(now, whole) { remark.show(now.remark, whole); box.value = now.box; } };
}

function render({ model, el }) {
  const spec = model.get("spec");
  const boxes = spec.pages.flatMap((page) => page.boxes);
  const cards = new Map();
  let waiting;
  let revision = model.get("revision");
  let said = model.get("told").number;
  let named;

  const send = (message) => {
    clearTimeout(waiting);
    waiting = setTimeout(() => tell("", "Nothing answers: the kernel has stopped or is busy. Download keeps what is here"), PATIENCE);
    model.send(message);
  };
  const flush = () => [...Object.values(answers), group, ...[...cards.values()].map((card) => card.remark)]
    .forEach((one) => one.flush());
  const act = (message) => { flush(); send(message); };
  const button = (text, click, attributes = {}) => make("button", { type: "button", ...attributes, on: { click } }, text);

  const told = make("p", { class: "cc-told", role: "status", "aria-live": "polite" });
  const fault = make("p", { class: "cc-wrong", role: "alert" });
  const tell = (text, wrong) => { write(fault, wrong); told.textContent = text; };

  const group = typed(make("input", { type: "text", maxlength: spec.longest.group, dir: "auto" }),
    (text) => send({ do: "write", name: "group", text }));
  const progress = make("p", { class: "cc-progress" });

  const answers = {};
  const shelves = {};
  const pages = spec.pages.map((page, i) => make("section", { class: "cc-sheet", "aria-label": page.title },
    make("h3", {}, `${i + 1}. ${page.title}`),
    ...page.boxes.map(({ name, question, hint }) => {
      answers[name] = typed(make("textarea", { rows: 3, maxlength: spec.longest.answer, dir: "auto" }),
        (text) => send({ do: "write", name, text }));
      shelves[name] = make("div", { role: "group", "aria-label": `Results kept here: ${question}` });
      return make("div", { class: "cc-box" },
        ...labelled(question, answers[name].field, hint), shelves[name]);
    })));

  const from = make("select", { on: { change: () => { where.value = spec.explorers[from.value][1]; } } },
    ...spec.explorers.map(([title], i) => make("option", { value: i }, title)));
  const where = make("select", {}, ...boxes.map(({ name, question }) => make("option", { value: name }, question)));
  if (spec.explorers.length) where.value = spec.explorers[0][1];
  const add = make("div", { class: "cc-panel", role: "group", "aria-label": "Keep a result" }, ...(spec.explorers.length
    ? [make("div", {}, ...labelled("Keep what this explorer shows now", from)),
      make("div", {}, ...labelled("In the box", where)),
      button("Add", () => {
        tell("Adding …", "");
        act({ do: "add", explorer: Number(from.value), box: where.value });
      })]
    : [make("p", { class: "cc-note" }, "To keep results of explorers here, name them when you make the canvas: ",
      make("code", {}, "value = widgets.value()"), ", then ", make("code", {}, "widgets.canvas(value)"), ".")]));

  const name = make("input", { type: "text", maxlength: 80, "data-lm-suppress-shortcuts": "true" });
  const opener = make("input", { type: "file", accept: ".json,application/json", hidden: true, tabindex: -1, on: { change: async () => {
    const [file] = opener.files;
    opener.value = "";
    if (!file) return;
    if (file.size > spec.largest) tell("", `${file.name} has ${file.size} bytes; a canvas has at most ${spec.largest}: choose another file.`);
    else act({ do: "open", file: file.name, text: await file.text() });
  } } });
  opener.setAttribute("aria-label", "File of a canvas");
  const download = () => {
    flush();
    const kept = model.get("results").map(({ number, ...result }) =>
      ({ ...result, remark: cards.get(number)?.remark.field.value ?? result.remark, png: model.get("pictures")[number] }));
    const texts = Object.fromEntries(boxes.map((box) => [box.name, answers[box.name].field.value]).filter(([, text]) => text));
    const content = { ...spec.format, group: group.field.value, answers: texts, results: kept };
    save(model.get("saving").file, new Blob([JSON.stringify(content, null, 1), "\n"], { type: "application/json" }));
    send({ do: "downloaded" });
  };
  const over = button("Replace it, keep the other beside it", () => act({ do: "save", file: name.value, over: true }));
  const undo = button("Undo", () => { act({ do: "undo" }); });
  const downloads = button("Download", download);
  const state = make("p", { class: "cc-note cc-state" });
  const hide = (node, hidden) => { // the keyboard stays near a button that is done
    if (hidden && node === document.activeElement) downloads.focus();
    node.hidden = hidden;
  };
  const keep = make("div", { class: "cc-panel", role: "group", "aria-label": "Save, open and print" },
    ...(spec.saves ? [make("div", { class: "cc-name" }, ...labelled("File", name)),
      button("Save", () => act({ do: "save", file: name.value, over: false })), over] : []),
    downloads, button("Open …", () => opener.click()), opener,
    button("Page to print", () => act({ do: "print" })), undo, state);

  const root = make("section", { class: "cc cc-canvas", "aria-label": spec.title },
    make("p", { class: "cc-headline" }, spec.title),
    make("div", { class: "cc-group" }, ...labelled("Group", group.field)), progress,
    add, keep, told, fault, make("div", { class: "cc-sheets" }, ...pages));
  el.append(root);

  function follow() {
    const whole = model.get("revision") !== revision;
    revision = model.get("revision");
    group.show(model.get("group"), whole);
    for (const box of boxes) answers[box.name].show(model.get("answers")[box.name] ?? "", whole);
    write(progress, model.get("progress"));
    const results = model.get("results");
    const focused = document.activeElement;
    const gone = [...cards.keys()].filter((number) => !results.some((result) => result.number === number));
    const lost = gone.some((number) => cards.get(number).node.contains(focused));
    for (const number of gone) {
      cards.get(number).node.remove();
      cards.delete(number);
    }
    for (const result of results) {
      let card = cards.get(result.number);
      if (!card) {
        card = resultCard(result, model.get("pictures")[result.number], boxes, spec.longest, send);
        cards.set(result.number, card);
      }
      card.show(result, whole);
    }
    for (const box of boxes) {
      const wanted = results.filter((result) => result.box === box.name).map((result) => cards.get(result.number).node);
      const shelf = shelves[box.name];
      if (wanted.length !== shelf.children.length || wanted.some((node, i) => node !== shelf.children[i])) shelf.replaceChildren(...wanted);
    }
    const back = model.get("undoing");
    if (focused !== document.activeElement && focused.isConnected) focused.focus(); // its card has moved
    hide(undo, !back);
    write(undo, `Undo ${back}`);
    if (lost) undo.focus(); // what was focused is gone: the next useful step is to bring it back
  }

  function showTold() {
    const now = model.get("told");
    clearTimeout(waiting);
    if (now.number !== said) tell(now.text, now.fault);
    said = now.number;
  }

  function showSaving() {
    const { file, saved, taken, itself } = model.get("saving");
    if (file !== named) name.value = file; // what somebody typed stays until it is the file
    named = file;
    hide(over, !taken);
    const how = spec.saves ? "Save or Download keeps it" : "Download keeps it";
    write(state, saved ? (itself ? `Everything is kept in ${file}.` : "") : itself ? `Not kept in ${file}.` : `Not saved yet: ${how}.`);
  }

  const received = (message) => {
    if (message.download) save(message.download, new Blob([message.text], { type: "text/html" }));
  };
  const leaving = (event) => { if (!model.get("saving").saved) event.preventDefault(); };
  const shade = () => { root.dataset.dark = String(isDark(el.parentElement ?? document.body)); };
  const sized = new ResizeObserver(shade);
  const themed = new MutationObserver(shade);
  const pairs = [["change:results change:answers change:group change:progress change:undoing change:revision", follow],
    ["change:told", showTold], ["change:saving", showSaving], ["msg:custom", received]];
  follow();
  showSaving();
  write(fault, model.get("told").fault);
  shade();
  sized.observe(root);
  themed.observe(document.body, { attributes: true });
  for (const [events, handler] of pairs) for (const event of events.split(" ")) model.on(event, handler);
  window.addEventListener("beforeunload", leaving);
  return () => {
    flush();
    clearTimeout(waiting);
    sized.disconnect();
    themed.disconnect();
    window.removeEventListener("beforeunload", leaving);
    for (const [events, handler] of pairs) for (const event of events.split(" ")) model.off(event, handler);
  };
}

export default { render };
