// A job that runs: its figures as they come; at its end the page is loaded again.
import { listen } from "./events.js";

for (const place of document.querySelectorAll("[data-live]")) {
  const stages = JSON.parse(place.dataset.stages);
  const show = (name, text) => {
    const field = place.querySelector(`[data-figure="${name}"]`);
    if (field) field.textContent = text;
  };
  listen(place.dataset.events, {
    progress(step) {
      if (step.stage === "write") location.reload();  // the plan is there, before its files
      place.querySelector("[data-live-stage]").textContent = stages[step.stage] ?? step.stage;
      if (step.people != null) show("people", step.people.toLocaleString("en-US"));
      if (step.bound != null) show("bound", Math.floor(step.bound + 1e-6).toLocaleString("en-US"));
      if (step.seconds != null) show("seconds", step.seconds.toFixed(1));
    },
    end() {
      location.reload();
    },
  });
}
