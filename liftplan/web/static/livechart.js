// Charts that grow while a job runs: the plan and the bound closing in over time; the points of a curve.
const SPACE = "http://www.w3.org/2000/svg";
const WIDTH = 760, HEIGHT = 270, LEFT = 62, RIGHT = 84, TOP = 14, FOOT = 34;
const PAUSE = 400;

function draw(name, attributes, text) {
  const made = document.createElementNS(SPACE, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  if (text != null) made.textContent = text;
  return made;
}

function ticks(low, high, about) {
  const raw = Math.max((high - low) / about, 1e-9);
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((one) => one >= raw);
  const found = [];
  for (let at = Math.ceil(low / step) * step; at <= high + step / 1e6; at += step) found.push(at);
  return found;
}

const shown = (number) => number.toLocaleString("en-US", { maximumFractionDigits: 1 });

// A frame with axes; returns what maps values to pixels.
function frame(svg, [left, right], [low, high], unit) {
  const x = (value) => LEFT + ((WIDTH - LEFT - RIGHT) * (value - left)) / Math.max(right - left, 1e-9);
  const y = (value) => HEIGHT - FOOT - ((HEIGHT - FOOT - TOP) * (value - low)) / Math.max(high - low, 1e-9);
  for (const value of ticks(low, high, 4)) {
    svg.append(draw("line", { class: "rule", x1: LEFT, x2: WIDTH - RIGHT, y1: y(value), y2: y(value) }));
    svg.append(draw("text", { x: LEFT - 8, y: y(value) + 4, "text-anchor": "end" }, shown(value)));
  }
  for (const value of ticks(left, right, 5)) {
    svg.append(draw("text", { x: x(value), y: HEIGHT - FOOT + 20, "text-anchor": "middle" }, shown(value)));
  }
  svg.append(draw("text", { x: WIDTH - RIGHT + 10, y: HEIGHT - FOOT + 20 }, unit));
  return { x, y };
}

function chart(place, label, paint) {
  const svg = draw("svg", { class: "live-lines", viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img", "aria-label": label });
  place.append(svg);
  let waiting = null;
  return () => {
    waiting ??= setTimeout(() => {
      waiting = null;
      svg.replaceChildren();
      paint(svg);
    }, PAUSE);
  };
}

// Steps of a line: a value holds until the next one.
function stairs(points, x, y, end) {
  const path = [];
  points.forEach(([at, value], number) => {
    path.push(`${number ? "H" : "M"}${x(at).toFixed(1)}${number ? "V" : " "}${y(value).toFixed(1)}`);
  });
  return `${path.join("")}H${x(end).toFixed(1)}`;
}

export function closing(place) {
  const { plan: planWord, bound: boundWord, axis } = place.dataset;
  const plan = [], bound = [];
  let now = 0;
  const changed = chart(place, `${planWord}, ${boundWord}`, (svg) => {
    const values = [...plan, ...(plan.length ? bound.filter(([, value]) => value <= 3 * plan.at(-1)[1]) : bound)];
    const heights = [...values, ...plan.slice(-1), ...bound.slice(-1)].map(([, value]) => value);
    const high = Math.max(...heights), least = Math.min(...heights);
    const pad = Math.max((high - least) * 0.08, high * 0.004, 1);
    const { x, y } = frame(svg, [0, Math.max(now, 1)], [Math.max(0, least - pad), high + pad], axis);
    const inside = ([, value]) => value <= high + pad;
    for (const [name, points, word] of [["bound", bound.filter(inside), boundWord], ["plan", plan, planWord]]) {
      if (!points.length) continue;
      svg.append(draw("path", { class: `line-of-${name}`, d: stairs(points, x, y, now) }));
      const last = points.at(-1)[1];
      const shift = name === "bound" ? -2 : 12;
      svg.append(draw("text", { class: `word-of-${name}`, x: x(now) + 8, y: y(last) + shift }, word));
    }
  });
  const put = (line, at, value) => {
    if (value == null) return;
    if (!line.length || line.at(-1)[1] !== value) line.push([at, value]);
  };
  return (step) => {
    now = Math.max(now, step.seconds ?? now);
    put(plan, now, step.objective ?? step.people);
    put(bound, now, step.bound);
    if (plan.length || bound.length) changed();
  };
}

export function curve(place) {
  const points = [];
  const changed = chart(place, place.dataset.plan, (svg) => {
    const solved = points.filter((one) => one.people != null);
    const values = points.map((one) => one.value);
    const tops = solved.map((one) => Math.max(one.people, one.bound ?? 0));
    const scale = Math.max(...values) >= 1e6 ? 1e4 : 1;
    const unit = document.documentElement.lang.startsWith("zh") ? (scale > 1 ? "万元" : "元") : scale > 1 ? "10,000 yuan" : "yuan";
    const { x, y } = frame(svg, [Math.min(...values) / scale, Math.max(...values) / scale], [0, Math.max(1, ...tops)], unit);
    const at = (one, height) => `${x(one.value / scale).toFixed(1)},${y(height).toFixed(1)}`;
    if (solved.length > 1) {
      const above = [...solved].reverse().map((one) => at(one, Math.max(one.people, Math.floor(one.bound ?? 0))));
      svg.append(draw("polygon", { class: "band", points: [...solved.map((one) => at(one, one.people)), ...above].join(" ") }));
      svg.append(draw("polyline", { class: "line-of-plan", points: solved.map((one) => at(one, one.people)).join(" ") }));
    }
    for (const one of points) {
      const mark = draw("circle", { class: one.people == null ? "none" : "point", cx: x(one.value / scale), cy: y(one.people ?? 0), r: 4 });
      mark.append(draw("title", {}, `${shown(one.value)}: ${one.people == null ? "–" : shown(one.people)}`));
      svg.append(mark);
    }
  });
  return (step) => {
    if (!step.point) return;
    points.push(step.point);
    points.sort((one, other) => one.value - other.value);
    changed();
  };
}
