// One explorer: controls left, the live picture, its text and the key numbers right.
const NARROW = 480; // CSS pixels of picture width under which the panels stand below each other
const ANNOUNCE_AFTER = 700; // milliseconds without a change

/** Show a table in `host`; where its shape is the same, only the cells that differ change. */
function showTable(host, caption, head, rows) {
  const texts = [...(head ?? []), ...rows.flat()];
  const cells = host.querySelectorAll("th, td");
  if (cells.length !== texts.length || Boolean(host.querySelector("thead")) !== Boolean(head)) {
    host.replaceChildren(tableOf(caption, head, rows));
    return;
  }
  cells.forEach((cell, i) => { if (cell.textContent !== texts[i]) cell.textContent = texts[i]; });
}

function toCsv(rows) {
  const quoted = (text) => `"${String(text ?? "").replaceAll('"', '""')}"`;
  return new Blob(["\ufeff", rows.map((row) => row.map(quoted).join(",")).join("\r\n"), "\r\n"], { type: "text/csv" });
}

/** The picture as PNG in light colours, with the finding above and the source below. */
async function toPng(svg, headline, note) {
  const [, , width, height] = svg.getAttribute("viewBox").split(" ").map(Number);
  const copy = svg.cloneNode(true);
  copy.setAttribute("width", width);
  copy.setAttribute("height", height);
  copy.setAttribute("style", "--cc-ink:#262626;--cc-muted:#5f5f5f;--cc-grid:#d0d0d0;--cc-warning:#b3261e;" +
    "--cc-pinned:#767676;--cc-page:#fff;font-family:'DejaVu Sans',Verdana,Arial,sans-serif");
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(new XMLSerializer().serializeToString(copy))}`;
  await image.decode();
  const scale = 3;
  const canvas = make("canvas");
  const paper = canvas.getContext("2d");
  const wrapped = (text, font) => {
    paper.font = font;
    return text.split(" ").reduce((lines, word) => {
      const longer = `${lines.at(-1)} ${word}`.trim();
      return paper.measureText(longer).width <= width - 16 ? [...lines.slice(0, -1), longer] : [...lines, word];
    }, [""]);
  };
  const fonts = ["bold 13px", "9px"].map((size) => `${size} 'DejaVu Sans', Verdana, Arial, sans-serif`);
  const [above, below] = [wrapped(headline, fonts[0]), wrapped(note, fonts[1])];
  const top = 12 + 17 * above.length;
  const all = top + height + 14 + 13 * below.length;
  canvas.width = width * scale;
  canvas.height = all * scale;
  paper.scale(scale, scale);
  paper.fillStyle = "#fff";
  paper.fillRect(0, 0, width, all);
  paper.drawImage(image, 0, top, width, height);
  paper.fillStyle = "#262626";
  paper.font = fonts[0];
  above.forEach((text, i) => paper.fillText(text, 8, 20 + 17 * i));
  paper.font = fonts[1];
  below.forEach((text, i) => paper.fillText(text, 8, top + height + 12 + 13 * i));
  return new Promise((done) => canvas.toBlob(done, "image/png"));
}

/** What a slow computation shows: what it takes, Run, how far it is, Cancel. */
function runBox(start, cancel) {
  const told = make("span");
  const bar = make("progress", { max: 1, "aria-label": "Progress of the run" });
  const go = make("button", { type: "button", on: { click: start } }, "Run");
  const stop = make("button", { type: "button", on: { click: cancel } }, "Cancel");
  return {
    node: make("div", { class: "cc-run", role: "group", "aria-label": "Run" }, told, go, bar, stop),
    update(waiting, running) {
      const isRunning = running.share !== undefined;
      this.node.hidden = !waiting && !isRunning;
      const moved = [go, stop].includes(document.activeElement) && go.hidden !== isRunning;
      go.hidden = isRunning;
      bar.hidden = stop.hidden = !isRunning;
      bar.value = running.share ?? 0;
      write(told, isRunning ? running.text : waiting);
      if (moved) (isRunning ? stop : go).focus();
    },
  };
}

function render({ model, el }) {
  const spec = model.get("spec");
  let announced;
  let timer;
  let figure;
  let frame;
  let handles;
  let shown = model.get("state"); // the kernel's last state, or one looked ahead for
  const ahead = lookAhead(model, spec.controls);

  const set = (changes) => {
    model.set("values", { ...model.get("values"), ...changes });
    model.save_changes();
    ahead.around(Object.keys(changes));
  };
  const controls = Object.fromEntries(spec.controls.map((control) => [control.name, buildControl(control, (value, moving) => {
    if (moving && shown.pace !== "live") return; // what takes longer follows when the hand lets go
    if (control.kind === "text") return ask(control.name, value);
    set(control.name === "scenario" ? spec.scenarios[value].values : { [control.name]: value });
  })]));
  for (const [name, { node }] of Object.entries(controls)) {
    for (const near of ["focusin", "pointerenter"]) node.addEventListener(near, () => ahead.around([name]));
  }
  const typed = {}; // for each text the number of the last question
  function ask(name, text) { // what is kept of it; only that becomes a value
    typed[name] = (typed[name] ?? 0) + 1;
    model.send({ do: "tidy", name, text, number: typed[name] });
  }
  function told({ kept, name, number }) {
    if (typeof kept !== "string" || typed[name] !== number) return; // a fault: the text stays to be put right
    controls[name].settle(kept);
    if (model.get("values")[name] !== kept) set({ [name]: kept });
  }
  const nodesOf = (fold) => spec.controls.filter((c) => c.fold === fold).map((c) => controls[c.name].node);

  const headline = make("p", { class: "cc-headline" });
  const fault = make("p", { class: "cc-fault", role: "alert" });
  const caution = make("p", { class: "cc-caution" });
  const code = codeBox((text) => write(spoken, text));
  const run = runBox(() => model.send({ do: "run" }), () => model.send({ do: "cancel" }));
  const host = make("div", { class: "cc-figure" });
  const note = make("p", { class: "cc-note" });
  const keyNumbers = make("div", { class: "cc-key-numbers" });
  const details = make("div", { class: "cc-table", id: `cc-table-${counter++}`, hidden: true, tabindex: 0,
    role: "region", "aria-label": "Numbers behind the picture" });
  const spoken = make("p", { class: "cc-hidden", role: "status", "aria-live": "polite" });

  const noteNow = () => {
    const values = model.get("values");
    const scenario = spec.scenarios[values.scenario];
    const moved = Object.entries(scenario.values).some(([name, value]) => values[name] !== value);
    return `${moved ? "Changed by hand, starting from: " : ""}${scenario.note}`;
  };
  const button = (text, click, attributes = {}) => make("button", { type: "button", ...attributes, on: { click } }, text);
  const pin = button("Pin", () => {
    const { fault: _, waiting: __, ...state } = shown;
    model.set("pinned", model.get("pinned")?.data ? {} : state);
    model.save_changes();
  }, { title: "Keep this scenario in grey, to compare with the next one" });
  const show = button("Show numbers", () => {
    details.hidden = !details.hidden;
    show.setAttribute("aria-expanded", String(!details.hidden));
  }, { "aria-expanded": "false", "aria-controls": details.id });
  const buttons = make("div", { class: "cc-buttons" },
    button("Reset", () => { model.set("pinned", {}); set(spec.start); }), pin, show,
    button("Download PNG", async () =>
      save(`${spec.name}.png`, await toPng(figure.svg, shown.headline, noteNow()))),
    button("Download CSV", () => {
      const { key_numbers, table } = shown;
      const values = model.get("values");
      save(`${spec.name}.csv`, toCsv([["what", "value"], ...spec.controls.map((c) => [c.label, values[c.name]]),
        ...key_numbers, [], ...table, [], ["source", noteNow()], ["assumption", spec.assumption]]));
    }));

  const status = make("span", { class: "cc-help" });
  controls.scenario.node.append(status);
  const folds = [...new Set(spec.controls.map((control) => control.fold).filter(Boolean))];
  const root = make("section", { class: "cc", "aria-label": spec.title },
    make("p", { class: "cc-title" }, spec.title),
    make("div", { class: "cc-body" },
      make("form", { class: "cc-controls", on: { submit: (event) => event.preventDefault() } },
        make("fieldset", {}, make("legend", {}, "Change"), ...nodesOf(""),
          ...folds.map((fold) => make("details", {}, make("summary", {}, fold), ...nodesOf(fold)))),
        ...leafletOf(spec.leaflet, spec.name), buttons),
      make("div", { class: "cc-show" }, headline, code.node, fault, run.node, host, caution, note, keyNumbers,
        make("p", { class: "cc-assumption" }, spec.assumption), details, spoken)));
  el.append(root);

  function drawFrame() {
    const narrow = host.clientWidth > 0 && host.clientWidth < NARROW;
    const wanted = spec.figure.frames[narrow ? spec.figure.frames.length - 1 : 0];
    if (wanted === frame) return;
    frame = wanted;
    figure = liveFigure(host, spec.figure, frame);
    handles = buildHandles(spec.figure, frame, figure, spec.controls, set);
    host.append(handles.node);
    follow();
  }

  function follow() {
    const state = shown;
    const pinned = model.get("pinned") ?? {};
    figure.update(state);
    figure.pin(pinned);
    handles.update(state, model.get("values"));
    figure.svg.setAttribute("aria-label", state.alt);
    write(headline, state.headline);
    code.update(state.code);
    write(fault, state.fault);
    run.update(state.waiting, model.get("running") ?? {});
    write(caution, state.caution);
    write(note, noteNow());
    pin.classList.toggle("cc-on", Boolean(pinned.data)); // the name says it to those who do not see it
    write(pin, pinned.data ? "Unpin" : "Pin");
    const before = new Map(pinned.key_numbers ?? []);
    const head = pinned.data ? ["", "now", "pinned"] : undefined;
    const rows = state.key_numbers.map(([label, text]) => (pinned.data ? [label, text, before.get(label) ?? ""] : [label, text]));
    showTable(keyNumbers, "Key numbers", head, rows);
    showTable(details, "Numbers behind the picture", state.table[0], state.table.slice(1));
    clearTimeout(timer);
    timer = setTimeout(() => {
      const text = state.fault ? "" : `${state.headline} ${state.key_numbers.slice(1, 3).map((pair) => pair.join(" ")).join(". ")}`;
      if (announced !== undefined && announced !== text) spoken.textContent = text;
      announced = text;
    }, announced === undefined ? 0 : ANNOUNCE_AFTER);
  }

  function heard() {
    const state = model.get("state");
    const isLate = shown.looked && ahead.keyOf(state.of) !== ahead.keyOf(model.get("values"));
    if (isLate) return; // the hand has left this value, and the picture as well
    const isSame = shown.looked && ahead.keyOf(shown.of) === ahead.keyOf(state.of);
    const isDrawn = isSame && !state.fault && !state.waiting; // the same values give the same picture
    shown = state;
    if (!isDrawn) follow();
  }

  function showValues() {
    const values = model.get("values");
    for (const [name, value] of Object.entries(values)) controls[name]?.show(value);
    write(status, `Numbers: ${spec.scenarios[values.scenario].status}`);
    const state = ahead.find(values);
    if (!state) return write(note, noteNow());
    shown = state;
    follow();
  }

  const showRun = () => run.update(shown.waiting, model.get("running") ?? {});
  const shade = () => { root.dataset.dark = String(isDark(el.parentElement ?? document.body)); };
  const sized = new ResizeObserver(() => { drawFrame(); shade(); });
  const themed = new MutationObserver(shade);
  drawFrame();
  showValues();
  sized.observe(host);
  themed.observe(document.body, { attributes: true });
  model.on("change:state", heard);
  model.on("msg:custom", told);
  model.on("change:pinned", follow);
  model.on("change:running", showRun);
  model.on("change:values", showValues);
  return () => {
    sized.disconnect();
    themed.disconnect();
    clearTimeout(timer);
    ahead.stop();
    model.off("change:state", heard);
    model.off("msg:custom", told);
    model.off("change:pinned", follow);
    model.off("change:running", showRun);
    model.off("change:values", showValues);
  };
}

export default { render };
