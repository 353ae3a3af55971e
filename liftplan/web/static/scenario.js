// The scenario editor: sliders beside their fields, amounts that follow, and the lines that are asked for.
const PAUSE = 250;
const form = document.querySelector("[data-scenario]");
const grouped = (number) => Math.round(number).toLocaleString("en-US");

// What a field of a fund asks for, of the present amount and the share of its department.
function amount(field, share) {
  const now = Number(field.dataset.now);
  const text = field.value.trim().replaceAll(",", "").replace("％", "%");
  if (text === "") return Math.floor((now * share) / 100 + 0.5);
  return text.endsWith("%") ? Math.floor((now * share * Number(text.slice(0, -1))) / 1e4 + 0.5) : Number(text);
}

function follow() {
  let total = 0;
  for (const part of form.querySelectorAll("[data-department]")) {
    const share = Number(part.querySelector('input[type="number"]').value || 100);
    let sum = 0;
    for (const field of part.querySelectorAll("[data-fund]")) {
      const then = amount(field, share);
      field.setAttribute("aria-invalid", String(!(then >= 0)));
      field.placeholder = grouped((Number(field.dataset.now) * share) / 100);
      field.closest("tr").querySelector("[data-then]").textContent = then >= 0 ? grouped(then) : "?";
      field.closest("tr").classList.toggle("changed", then !== Number(field.dataset.now));
      sum += then || 0;
    }
    const shown = part.querySelector("[data-sum]");
    if (part.querySelector("[data-fund]")) shown.textContent = grouped(sum);
    part.rows[0].classList.toggle("changed", [...part.querySelectorAll("tr.fund")].some((row) => row.classList.contains("changed")));
    total += sum;
  }
  form.querySelector("[data-total]").textContent = grouped(total);
  for (const choice of form.querySelectorAll("[data-rule]")) {
    const price = choice.parentElement.querySelector(".price");
    if (price) price.hidden = choice.value !== "soft";
  }
}

for (const slide of form.querySelectorAll(".slide")) {
  const field = form.elements[slide.dataset.of];
  slide.hidden = false;
  slide.addEventListener("input", () => {
    field.value = slide.value;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  });
  field.addEventListener("input", () => {
    slide.value = field.value;
    const begun = field.defaultValue === field.value;
    slide.closest(".knob")?.classList.toggle("changed", !begun);
  });
}

for (const part of form.querySelectorAll("[data-department]")) {
  const fold = part.querySelector(".fold");
  const rows = [...part.querySelectorAll("tr.fund")];
  const open = (yes) => {
    fold.setAttribute("aria-expanded", String(yes));
    for (const row of rows) row.hidden = !yes;
  };
  fold.hidden = false;
  open(rows.some((row) => row.querySelector("[data-fund]")?.value || row.querySelector('[aria-invalid="true"]')));
  fold.addEventListener("click", () => open(fold.getAttribute("aria-expanded") !== "true"));
}

let waiting, asked = 0;
async function tell() {
  const own = ++asked;
  const answer = await fetch(form.dataset.lines, { method: "POST", body: new FormData(form) });
  const text = await answer.text();
  if (own === asked && answer.ok) form.querySelector("[data-changes]").innerHTML = text;
}

function changed() {
  follow();
  clearTimeout(waiting);
  waiting = setTimeout(tell, PAUSE);
}

form.addEventListener("input", changed);
form.addEventListener("change", changed);
form.addEventListener("reset", () => setTimeout(changed));
follow();
