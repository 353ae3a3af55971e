// A job that runs: its figures as they come, its charts; at its end the page is loaded again.
import { listen } from "./events.js";
import { closing, curve } from "./livechart.js";

for (const place of document.querySelectorAll("[data-live]")) {
  const stages = JSON.parse(place.dataset.stages);
  const find = (name) => place.querySelector(`[data-${name}]`);
  const show = (name, text) => {
    const field = place.querySelector(`[data-figure="${name}"]`);
    if (field) field.textContent = text;
  };
  const charts = [[find("live-chart"), closing], [find("curve-chart"), curve]];
  const drawers = charts.filter(([field]) => field).map(([field, make]) => make(field));
  let told = null, shown = null;
  // The clock goes on between steps.
  setInterval(() => {
    if (told != null) show("seconds", (told + (performance.now() - shown) / 1000).toFixed(1));
  }, 100);
  listen(place.dataset.events, {
    progress(step) {
      if (step.stage === "write") location.reload();  // the plan is there, before its files
      if (stages[step.stage]) find("live-stage").textContent = stages[step.stage];
      if (step.people != null) show("people", step.people.toLocaleString("en-US"));
      if (step.bound != null) show("bound", Math.floor(step.bound + 1e-6).toLocaleString("en-US"));
      if (step.seconds != null) [told, shown] = [step.seconds, performance.now()];
      const bar = find("live-bar"), count = find("live-count");
      if (step.count) {
        if (bar) [bar.max, bar.value] = [step.count, step.done];
        if (count) count.textContent = `${step.done} / ${step.count}`;
      }
      for (const drawer of drawers) drawer(step);
    },
    end() {
      location.reload();
    },
  });
}
