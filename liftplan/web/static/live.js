// A job that runs: its figures as they come, its charts; at its end the page is loaded again.
import { again } from "./again.js";
import { listen } from "./events.js";
import { closing, curve } from "./livechart.js";

for (const place of document.querySelectorAll("[data-live]")) {
  const stages = JSON.parse(place.dataset.stages);
  const find = (name) => place.querySelector(`[data-${name}]`);
  const show = (name, text) => {
    const field = place.querySelector(`[data-figure="${name}"]`);
    if (field && field.textContent !== text) field.textContent = text;
  };
  const charts = [[find("live-chart"), closing], [find("curve-chart"), curve]];
  const drawers = charts.filter(([field]) => field).map(([field, make]) => make(field));
  let told = null, shown = null;
  // The clock goes on between steps.
  setInterval(() => {
    if (told != null) show("seconds", Math.floor(told + (performance.now() - shown) / 1000).toLocaleString("en-US"));
  }, 250);
  listen(place.dataset.events, {
    progress(step) {
      const onPage = place.dataset.livePlan;  // people lifted by the plan that the page shows
      if (step.stage === "write") again();  // the last plan is there, before its files
      if (step.stage === "shown" && onPage == null) again();
      if (step.stage === "shown" && onPage != null && step.people > Number(onPage)) find("live-better").hidden = false;
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
      again();
    },
  });
}
