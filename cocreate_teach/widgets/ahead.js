// What the next steps of a control will show, asked for before a hand gets there: a step is then drawn at once, however
// far away the kernel is. The kernel computes every chosen value all the same, and what it says stands.
const AHEAD = 8; // steps on each side
const AT_ONCE = 4; // values in one question, so that no chosen value waits long behind it
const KEPT = 500; // pictures

/** Returns { find(values), around(names) }: a known picture of these values, and a wish for those around the present ones. */
function lookAhead(model, controls) {
  const keyOf = (values) => JSON.stringify(controls.map((control) => values[control.name]));
  const sliders = Object.fromEntries(controls.filter((c) => c.kind === "slider").map((c) => [c.name, c]));
  const known = new Map();
  let names = [];
  let asked;

  function wanted() {
    const values = model.get("values");
    const found = [];
    for (let step = 1; step <= AHEAD; step++) {
      for (const { name, low, high, step: size } of names.map((one) => sliders[one])) {
        for (const to of [values[name] + step * size, values[name] - step * size]) {
          const next = { ...values, [name]: Number(to.toFixed(9)) };
          if (to >= low - 1e-9 && to <= high + 1e-9 && !known.has(keyOf(next))) found.push(next);
        }
      }
    }
    return found.slice(0, AT_ONCE);
  }

  function ask() {
    if (asked || model.get("state").pace !== "live") return;
    const next = wanted();
    if (!next.length) return;
    asked = next.map(keyOf);
    model.send({ do: "ahead", wanted: next });
  }

  function answered({ ahead, done }, buffers) {
    if (!ahead) return;
    if (known.size > KEPT) known.clear();
    (asked ?? []).slice(0, done).forEach((key) => known.set(key, undefined)); // not asked again, drawn or not
    ahead.forEach((state, i) => known.set(keyOf(state.of), { ...state, data: buffers[i], looked: true }));
    asked = undefined;
    ask();
  }

  model.on("msg:custom", answered);
  return {
    keyOf,
    find: (values) => known.get(keyOf(values)),
    around(wish) {
      names = wish.filter((name) => sliders[name]);
      ask();
    },
    stop: () => model.off("msg:custom", answered),
  };
}
