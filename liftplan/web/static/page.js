// What every page does: times in the reader's own zone, tables that sort, buttons that answer once.
import { again } from "./again.js";
import { listen } from "./events.js";

const tag = document.documentElement.lang;

for (const time of document.querySelectorAll("time[datetime]")) {
  const moment = new Date(time.dateTime);
  time.textContent = moment.toLocaleString(tag, { dateStyle: "medium", timeStyle: "short" });
}

for (const form of document.querySelectorAll('form[method="post"]')) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.confirm && !confirm(form.dataset.confirm)) {
      event.preventDefault();
      return;
    }
    for (const button of form.querySelectorAll("button")) {
      if (form.dataset.busy) button.textContent = form.dataset.busy;
      setTimeout(() => (button.disabled = true));
    }
    if (form.dataset.busy) form.append(document.createElement("progress"));
  });
}
addEventListener("pageshow", (event) => {
  if (event.persisted) for (const button of document.querySelectorAll("button:disabled")) button.disabled = false;
});

function valueOf(row, column) {
  const cell = row.cells[column];
  const text = cell.dataset.value ?? cell.textContent.trim();
  const number = Number(text.replaceAll(",", "").replace(/\s*%$/, ""));
  return text !== "" && !Number.isNaN(number) ? number : text;
}

for (const table of document.querySelectorAll("table[data-sortable]")) {
  [...table.tHead.rows[0].cells].forEach((head, column) => {
    if (head.hasAttribute("data-unsorted")) return;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "sort";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const down = head.getAttribute("aria-sort") !== "descending" && head.classList.contains("n");
      const up = !down && head.getAttribute("aria-sort") !== "ascending";
      const sign = down || !up ? -1 : 1;
      for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", sign < 0 ? "descending" : "ascending");
      const body = table.tBodies[0];
      const rows = [...body.rows].filter((row) => !row.classList.contains("total"));
      const last = [...body.rows].filter((row) => row.classList.contains("total"));
      rows.sort((one, other) => {
        const [left, right] = [valueOf(one, column), valueOf(other, column)];
        if (typeof left !== typeof right) return (typeof left === "number" ? -1 : 1) * sign;
        return sign * (typeof left === "number" ? left - right : left.localeCompare(right, tag));
      });
      body.append(...rows, ...last);
    });
  });
}

for (const note of document.querySelectorAll("[data-writing]")) {
  listen(note.dataset.events, { progress() {}, end() { again(); } });
}

// What the server is still reading takes its place once it is there.
const AWAITED = 3000;  // milliseconds between two looks
async function look(part) {
  const text = await (await fetch(location.href)).text();
  const found = new DOMParser().parseFromString(text, "text/html").getElementById(part.id);
  if (found && found.dataset.awaited == null) part.replaceWith(found);
  else setTimeout(() => look(part).catch(() => {}), AWAITED);
}
for (const part of document.querySelectorAll("[data-awaited]")) setTimeout(() => look(part).catch(() => {}), AWAITED);

// On paper everything is open.
let shut = [];
addEventListener("beforeprint", () => {
  shut = [...document.querySelectorAll("main details:not([open])")];
  for (const one of shut) one.open = true;
});
addEventListener("afterprint", () => {
  for (const one of shut) one.open = false;
});

// A table that is filtered by kind of row and by a text.
for (const filter of document.querySelectorAll("[data-filter]")) {
  const table = document.getElementById(filter.dataset.filter);
  const find = filter.querySelector("[data-find]");
  const apply = () => {
    const text = (find ? find.value : "").trim().toLowerCase();
    const kept = new Set([...filter.querySelectorAll("[data-keep]:checked")].map((box) => box.dataset.keep));
    for (const row of table.tBodies[0].rows) {
      row.hidden = !kept.has(row.dataset.kind) || !row.textContent.toLowerCase().includes(text);
    }
  };
  filter.hidden = false;
  filter.addEventListener("input", apply);
}

// The cell that is meant is in sight.
for (const cell of document.querySelectorAll("td.meant[aria-current]")) {
  const frame = cell.closest(".scroll");
  frame.scrollLeft = cell.offsetLeft - (frame.clientWidth - cell.offsetWidth) / 2;
}
