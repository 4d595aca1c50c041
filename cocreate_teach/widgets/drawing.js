// The live figure in the browser: a frame drawn once by matplotlib, marks moved over it.
const SVG = "http://www.w3.org/2000/svg";
const PAGE = { ink: "var(--cc-ink)", muted: "var(--cc-muted)", warning: "var(--cc-warning)" };
const colourOf = (style) => PAGE[style.colour] ?? style.colour;

function markerPath(shape, x, y, size) {
  const r = size / 2;
  const d = 1.25 * r;
  switch (shape) {
    case "s": return `M${x - r} ${y - r}h${size}v${size}h${-size}z`;
    case "D": return `M${x} ${y - d}L${x + d} ${y}L${x} ${y + d}L${x - d} ${y}z`;
    case "^": return `M${x} ${y - d}L${x + d} ${y + r}H${x - d}z`;
    case "v": return `M${x} ${y + d}L${x - d} ${y - r}H${x + d}z`;
    case "x": return `M${x - r} ${y - r}L${x + r} ${y + r}M${x + r} ${y - r}L${x - r} ${y + r}`;
    default: return `M${x - r} ${y}a${r} ${r} 0 1 0 ${size} 0a${r} ${r} 0 1 0 ${-size} 0z`;
  }
}

const isWhole = (mark) => ["line", "area", "dots"].includes(mark.kind); // one path for all items

/** Scales of a panel, from data to points of the frame (`x`, `y`) and back (`fromX`, `fromY`). */
function scalesOf(panel, [left, top, width, height]) {
  const along = ([low, high], isLog, start, length) => {
    const to = isLog ? Math.log : (value) => value;
    const from = isLog ? Math.exp : (value) => value;
    const [a, b] = [to(low), to(high)];
    return [
      (value) => Math.round((start + ((to(value) - a) / (b - a)) * length) * 100) / 100,
      (point) => from(a + ((point - start) / length) * (b - a)),
    ];
  };
  const [x, fromX] = along(panel.xlim, panel.xlog, left, width);
  const [y, fromY] = along([panel.ylim[1], panel.ylim[0]], panel.ylog, top, height);
  return { x, y, fromX, fromY };
}

function element(name, attributes, parent) {
  const node = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  parent.append(node);
  return node;
}

/** Numbers of a state as float32; the buffer of a message need not be aligned. */
function numbersOf(state) {
  const view = state.data;
  return new Float32Array(view.buffer.slice(view.byteOffset, view.byteOffset + view.byteLength));
}

/** Set an attribute only where it differs: the browser then repaints what moved and nothing else. */
function put(node, name, value) {
  const text = String(value);
  if (node.getAttribute(name) !== text) node.setAttribute(name, text);
}

function paint(node, style, filled, pinned) {
  const colour = pinned ? "var(--cc-pinned)" : colourOf(style);
  put(node, "fill", filled && !pinned ? colour : "none");
  put(node, "stroke", filled && !pinned ? "var(--cc-ink)" : colour);
  put(node, "stroke-width", pinned ? 1.6 : style.width);
  put(node, "stroke-dasharray", pinned ? "2 2" : style.dashes.join(" "));
}

/** Draw one layout into `host` and return { svg, update(state), pin(state) }. */
function liveFigure(host, figure, frame) {
  host.innerHTML = frame.svg;
  const svg = host.querySelector("svg");
  svg.removeAttribute("width");
  svg.removeAttribute("height");
  svg.setAttribute("role", "img");
  const below = element("g", { class: "cc-pinned" }, svg);
  const above = element("g", { class: "cc-marks" }, svg);
  const scales = Object.fromEntries(
    Object.entries(figure.panels).map(([name, panel]) => [name, scalesOf(panel, frame.boxes[name])]));

  const draw = {
    line(mark, item, nodes, pinned) {
      const { x, y } = scales[mark.panel];
      const style = mark.styles[0];
      let path = "";
      let markers = "";
      for (let i = 0; i < mark.count; i++) {
        const px = x(item[2 * i]);
        const py = y(item[2 * i + 1]);
        if (Number.isNaN(px + py)) continue;
        path += `${path ? "L" : "M"}${px} ${py}`;
        if (style.marker && i % style.every === 0) markers += markerPath(style.marker, px, py, 6);
      }
      paint(nodes[0], style, false, pinned);
      put(nodes[0], "d", path);
      paint(nodes[1], { ...style, dashes: [], width: 0.6 }, true, pinned);
      put(nodes[1], "d", pinned ? "" : markers);
    },
    area(mark, item, [node], pinned) {
      const { x, y } = scales[mark.panel];
      const style = mark.styles[0];
      let path = "";
      for (let i = 0; i < mark.count; i++) {
        const at = `${x(item[2 * i])} ${y(item[2 * i + 1])}`;
        if (!at.includes("NaN")) path += `${path ? "L" : "M"}${at}`;
      }
      put(node, "fill", pinned ? "none" : colourOf(style));
      put(node, "fill-opacity", style.opacity);
      put(node, "stroke", pinned ? "var(--cc-pinned)" : "none");
      put(node, "d", path && `${path}z`);
    },
    dots(mark, item, [node], pinned) {
      const { x, y } = scales[mark.panel];
      const style = mark.styles[0];
      let path = "";
      for (let i = 0; i < mark.count; i++) {
        const px = x(item[2 * i]);
        const py = y(item[2 * i + 1]);
        if (!Number.isNaN(px + py)) path += markerPath(style.marker, px, py, style.size);
      }
      const colour = pinned ? "var(--cc-pinned)" : colourOf(style);
      put(node, "fill", style.filled && !pinned ? colour : "none");
      put(node, "stroke", style.filled && !pinned ? "none" : colour);
      put(node, "stroke-width", 1.2);
      put(node, "d", path);
    },
    points(mark, [px, py, size, which], node, pinned) {
      const style = mark.styles[which];
      const { x, y } = scales[mark.panel];
      paint(node, { ...style, dashes: [], width: style.filled ? 0.8 : 1.5 }, style.filled, pinned);
      if (!style.filled && !pinned) put(node, "fill", "var(--cc-page)");
      if (pinned) put(node, "stroke-dasharray", "");
      put(node, "d", markerPath(style.marker, x(px), y(py), size));
    },
    boxes(mark, [x0, y0, x1, y1, which], node, pinned) {
      const style = mark.styles[which];
      const { x, y } = scales[mark.panel];
      paint(node, style, style.filled, pinned);
      put(node, "d", `M${x(x0)} ${y(y0)}H${x(x1)}V${y(y1)}H${x(x0)}z`);
    },
    segments(mark, [x0, y0, x1, y1, width, which], node, pinned) {
      const { x, y } = scales[mark.panel];
      paint(node, { ...mark.styles[which], width }, false, pinned);
      put(node, "d", `M${x(x0)} ${y(y0)}L${x(x1)} ${y(y1)}`);
    },
    labels(mark, [px, py, which], node, pinned, word) {
      const style = mark.styles[which];
      const { x, y } = scales[mark.panel];
      put(node, "x", x(px) + style.shift[0]);
      put(node, "y", y(py) - style.shift[1]);
      put(node, "fill", colourOf(style));
      put(node, "text-anchor", style.anchor);
      put(node, "font-size", style.size);
      put(node, "font-weight", style.bold ? 700 : 400);
      if (node.textContent !== word) node.textContent = word;
    },
  };

  function layer(parent, marks, pinned) {
    const drawn = marks.map((mark) => Array.from({ length: isWhole(mark) ? 2 : mark.count }, () =>
      element(mark.kind === "labels" ? "text" : "path", { "dominant-baseline": "central" }, parent)));
    return (state) => {
      const numbers = numbersOf(state);
      let at = 0;
      let word = 0;
      for (const mark of figure.marks) {
        const place = marks.indexOf(mark);
        const size = mark.columns * mark.count;
        const own = numbers.subarray(at, at + size);
        at += size;
        if (place >= 0 && isWhole(mark)) draw[mark.kind](mark, own, drawn[place], pinned);
        for (let i = 0; !isWhole(mark) && i < mark.count; i++) {
          const text = mark.kind === "labels" ? state.texts[word++] : undefined;
          if (place < 0) continue;
          const item = own.subarray(i * mark.columns, (i + 1) * mark.columns);
          const node = drawn[place][i];
          const hidden = item.some(Number.isNaN);
          if (node.hiddenNow !== hidden) {
            node.style.display = hidden ? "none" : "";
            node.hiddenNow = hidden;
          }
          if (!hidden) draw[mark.kind](mark, item, node, pinned, text);
        }
      }
    };
  }

  const update = layer(above, figure.marks, false);
  const drawPinned = layer(below, figure.marks.filter((mark) => mark.pinned), true);
  return {
    svg,
    scales,
    update,
    pin(state) {
      below.style.display = state?.data ? "" : "none";
      if (state?.data) drawPinned(state);
    },
  };
}
