// What every widget of ours does with the page: write a text or a table, save a download, see whether it is dark.
function tableOf(caption, head, rows) {
  const cells = (row) => row.map((text, i) => (i ? make("td", {}, text) : make("th", { scope: "row" }, text)));
  const heads = (head ?? []).map((text) => (text ? make("th", { scope: "col" }, text) : make("td")));
  return make("table", {}, make("caption", {}, caption), ...(head ? [make("thead", {}, make("tr", {}, ...heads))] : []),
    make("tbody", {}, ...rows.map((row) => make("tr", {}, ...cells(row)))));
}

function write(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

function save(name, blob) {
  const link = make("a", { href: URL.createObjectURL(blob), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

/** Whether the page behind an element is dark: the first background that is not transparent decides. */
function isDark(node) {
  for (let at = node; at; at = at.parentElement) {
    const [r, g, b, alpha = 1] = getComputedStyle(at).backgroundColor.match(/[\d.]+/g)?.map(Number) ?? [0, 0, 0, 0];
    if (alpha > 0.5) return 0.299 * r + 0.587 * g + 0.114 * b < 128;
  }
  return false;
}
