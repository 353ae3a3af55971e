"use strict";
// Hides rows in which the plans agree, in both languages at once.
(function () {
  const boxes = document.querySelectorAll("[data-only]");
  function show(only) {
    document.body.classList.toggle("only", only);
    boxes.forEach(function (box) { box.checked = only; });
  }
  boxes.forEach(function (box) {
    box.closest("label").hidden = false;
    box.addEventListener("change", function () { show(box.checked); });
    if (box.defaultChecked) show(true);
  });
})();
