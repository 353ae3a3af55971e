// Loading the page again once the server has more to show. Whoever is just leaving it is not called back.
const PATIENCE = 3000;  // milliseconds after which a page that is still there was not left, as when a file is fetched
const LEAST = 1000;  // milliseconds that a page stays at least: what called for this one may call for the next at once
let left = -Infinity;
addEventListener("beforeunload", () => { left = performance.now(); });

export function again() {
  const wait = Math.max(left + PATIENCE, LEAST) - performance.now();
  if (wait > 0) setTimeout(again, wait);
  else location.reload();
}
