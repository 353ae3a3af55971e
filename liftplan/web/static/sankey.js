// Flow charts: pointing at a band or a name shows what flows through it.
function tell(shape, words, first, second) {
  if (shape.querySelector("title")) return;
  const title = document.createElementNS("http://www.w3.org/2000/svg", "title");
  const values = { "%1": first, "%2": second, "%3": Number(shape.dataset.y).toLocaleString("en-US") };
  title.textContent = words.replace(/%[123]/g, (key) => values[key]);
  shape.prepend(title);
}

for (const chart of document.querySelectorAll("svg.sankey")) {
  const names = {};
  for (const node of chart.querySelectorAll("[data-node]")) {
    const number = node.dataset.node;
    const bands = chart.querySelectorAll(`[data-a="${number}"], [data-b="${number}"]`);
    names[number] = node.dataset.name || node.querySelector("text").firstChild.textContent;
    const light = (on) => {
      chart.classList.toggle("lit", on);
      for (const band of bands) band.classList.toggle("on", on);
    };
    node.addEventListener("mouseenter", () => {
      tell(node, chart.dataset.words, names[number]);
      light(true);
    });
    node.addEventListener("mouseleave", () => light(false));
  }
  chart.addEventListener("mouseover", (event) => {
    const band = event.target;
    if (band.tagName === "path") tell(band, chart.dataset.band, names[band.dataset.a], names[band.dataset.b]);
  });
}
