// One button: what the reader has changed and saved, as one file on the own computer.
function render({ model, el }) {
  const told = make("p", { role: "status", "aria-live": "polite" });
  const go = make("button", { type: "button", on: { click: () => { write(told, "Collecting ..."); model.send({ do: "collect" }); } } },
    "Download my work");
  const root = make("section", { class: "cc", "aria-label": "Download my work" }, make("p", {}, model.get("advice")), go, told);
  const shade = () => { root.dataset.dark = String(isDark(el.parentElement ?? document.body)); };
  const themed = new MutationObserver(shade);
  const answered = ({ name, text }, buffers) => {
    write(told, text);
    if (buffers.length) save(name, new Blob(buffers, { type: "application/zip" }));
  };
  el.append(root);
  shade();
  themed.observe(document.body, { attributes: true });
  model.on("msg:custom", answered);
  return () => {
    themed.disconnect();
    model.off("msg:custom", answered);
  };
}

export default { render };
