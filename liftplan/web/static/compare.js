// Choosing plans: as many as can be compared, told as they are chosen.
const form = document.querySelector("[data-compare]");
if (form) {
  const { least, most } = form.dataset;
  const told = form.querySelector("[data-count]");
  const show = () => {
    const boxes = [...form.querySelectorAll('input[type="checkbox"]')];
    const count = boxes.filter((box) => box.checked).length;
    for (const box of boxes) box.disabled = !box.checked && count >= Number(most);
    form.querySelector("button").disabled = count < Number(least);
    told.textContent = told.dataset.words.replace("#", count);
  };
  form.addEventListener("change", show);
  addEventListener("pageshow", show);
}
