// Moves an element of a certificate by buttons or by Alt and an arrow key; the fields work without this file.
"use strict";

const MOVES = { ArrowLeft: [-0.5, 0], ArrowRight: [0.5, 0], ArrowUp: [0, -0.5], ArrowDown: [0, 0.5] };

function moveField(element, name, by) {
  if (!by) return;
  const field = element.querySelector(`input[name$="-${name}"]`);
  const value = Number.parseFloat(field.value.replace(",", "."));
  if (Number.isNaN(value)) return;
  field.value = String(Math.max(0, Math.round((value + by) * 100) / 100)).replace(".", ",");
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

function move(element, dx, dy) {
  moveField(element, "left", dx);
  moveField(element, "top", dy);
}

for (const nudges of document.querySelectorAll("[data-nudges]")) {
  nudges.hidden = false;
  nudges.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button) move(nudges.closest(".element"), Number(button.dataset.dx), Number(button.dataset.dy));
  });
}

document.addEventListener("keydown", (event) => {
  const element = event.target.closest(".element");
  if (!event.altKey || !element || !MOVES[event.key]) return;
  event.preventDefault();
  move(element, ...MOVES[event.key]);
});
