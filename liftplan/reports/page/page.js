"use strict";
// Language switch; names of townships in the chart open their own; pointing at a name shows what flows through it.
(function () {
  const bodies = document.querySelectorAll("main[lang]");
  const buttons = document.querySelectorAll("[data-language]");
  function speak(tag) {
    bodies.forEach(function (body) {
      body.hidden = body.lang !== tag;
      if (!body.hidden) document.title = body.dataset.title;
    });
    buttons.forEach(function (button) {
      button.setAttribute("aria-pressed", String(button.dataset.language === tag));
    });
    document.documentElement.lang = tag;
  }
  buttons.forEach(function (button) {
    button.addEventListener("click", function () { speak(button.dataset.language); });
  });
  document.querySelector(".switch").hidden = false;

  function open() {
    const found = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!found) return;
    const body = found.closest("main");
    if (body && body.hidden) speak(body.lang);
    if (found.tagName === "DETAILS") found.open = true;
    found.scrollIntoView();
  }
  window.addEventListener("hashchange", open);
  if (location.hash) open();

  document.querySelectorAll("svg.sankey").forEach(function (chart) {
    const names = {};
    function name(shape, words, first, second) {
      if (shape.querySelector("title")) return;
      const title = document.createElementNS("http://www.w3.org/2000/svg", "title");
      const values = { "%1": first, "%2": second, "%3": Number(shape.dataset.y).toLocaleString("en-US") };
      title.textContent = words.replace(/%[123]/g, function (key) { return values[key]; });
      shape.prepend(title);
    }
    chart.querySelectorAll("[data-node]").forEach(function (node) {
      const number = node.dataset.node;
      const bands = chart.querySelectorAll('[data-a="' + number + '"], [data-b="' + number + '"]');
      names[number] = node.dataset.name || node.querySelector("text").firstChild.textContent;
      function light(on) {
        chart.classList.toggle("lit", on);
        bands.forEach(function (band) { band.classList.toggle("on", on); });
      }
      node.addEventListener("mouseenter", function () {
        name(node, chart.dataset.words, names[number]);
        light(true);
      });
      node.addEventListener("mouseleave", function () { light(false); });
    });
    chart.addEventListener("mouseover", function (event) {
      const band = event.target;
      if (band.tagName === "path") name(band, chart.dataset.band, names[band.dataset.a], names[band.dataset.b]);
    });
  });
})();
