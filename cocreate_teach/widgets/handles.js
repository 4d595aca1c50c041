// Handles: points of the picture that a hand moves or switches, by pointer and by keyboard.
// They lie over the picture, which is one image to a screen reader, as elements with a name and a value of their own.
const FAST = 5; // steps with the shift key

/** Build the handles of a figure; `send(changes)` takes new values of controls. Returns { node, update(state, values) }. */
function buildHandles(figure, frame, live, controls, send) {
  const node = make("div", { class: "cc-handles" });
  const known = Object.fromEntries(controls.map((control) => [control.name, control]));
  const bound = (name, value) => {
    const { low, high, step } = known[name];
    const steps = Math.round((Math.min(high, Math.max(low, value)) - low) / step);
    return Math.min(high, Number((low + steps * step).toFixed(9)));
  };
  let values = {};
  const set = (changes) => { // the next key counts from here, even if the picture has not followed yet
    values = { ...values, ...changes };
    send(changes);
  };
  const all = [];
  let start = 0;
  for (const mark of figure.marks) {
    mark.handles.forEach((handle, i) => {
      const at = start + i * mark.columns;
      all.push({ at, handle, mark, node: handle.switch ? switchOf(handle) : pointOf(handle, mark) });
    });
    start += mark.columns * mark.count;
  }
  node.append(...all.map((one) => one.node));

  function switchOf(handle) {
    return make("button", { type: "button", class: "cc-handle", role: "switch", "aria-label": handle.label,
      on: { click: () => set({ [handle.switch]: values[handle.switch] ? 0 : 1 }) } });
  }

  function pointOf(handle, mark) {
    const names = [handle.x, handle.y].filter(Boolean);
    const spot = make("div", { class: "cc-handle", role: "slider", tabindex: 0, "aria-label": handle.label,
      "aria-description": names.length > 1 ? "Arrow keys move it in both directions" : false,
      on: { keydown: pressed, pointerdown: taken } });
    function pressed(event) {
      const move = { ArrowLeft: [handle.x, -1], ArrowRight: [handle.x, 1], ArrowDown: [handle.y, -1], ArrowUp: [handle.y, 1],
        Home: [handle.x || handle.y, -Infinity], End: [handle.x || handle.y, Infinity] }[event.key];
      if (!move) return;
      event.preventDefault();
      const [name, steps] = move[0] ? move : [handle.x || handle.y, move[1]];
      const to = bound(name, Number.isFinite(steps) ? values[name] + steps * known[name].step * (event.shiftKey ? FAST : 1)
        : steps > 0 ? known[name].high : known[name].low);
      if (to !== values[name]) set({ [name]: to });
    }
    function taken(event) {
      event.preventDefault();
      spot.focus();
      spot.setPointerCapture(event.pointerId);
      spot.onpointermove = (moved) => {
        const place = new DOMPoint(moved.clientX, moved.clientY).matrixTransform(live.svg.getScreenCTM().inverse());
        const { fromX, fromY } = live.scales[mark.panel];
        const changes = {};
        if (handle.x) changes[handle.x] = bound(handle.x, fromX(place.x));
        if (handle.y) changes[handle.y] = bound(handle.y, fromY(place.y));
        if (Object.entries(changes).some(([name, value]) => value !== values[name])) set(changes);
      };
      spot.onpointerup = spot.onpointercancel = () => { spot.onpointermove = null; };
    }
    return spot;
  }

  return {
    node,
    update(state, now) {
      values = now;
      const numbers = numbersOf(state);
      for (const { at, handle, mark, node: spot } of all) {
        const { x, y } = live.scales[mark.panel];
        const hidden = Number.isNaN(numbers[at] + numbers[at + 1]);
        spot.hidden = hidden;
        if (hidden) continue;
        spot.style.left = `${(100 * x(numbers[at])) / frame.width}%`;
        spot.style.top = `${(100 * y(numbers[at + 1])) / frame.height}%`;
        if (handle.switch) {
          put(spot, "aria-checked", Boolean(values[handle.switch]));
          continue;
        }
        const names = [handle.x, handle.y].filter(Boolean);
        const first = known[names[0]];
        put(spot, "aria-valuemin", first.low);
        put(spot, "aria-valuemax", first.high);
        put(spot, "aria-valuenow", values[names[0]]);
        put(spot, "aria-valuetext", names.map((name) => `${known[name].short || known[name].label} ${values[name]}`).join(", "));
      }
    },
  };
}
