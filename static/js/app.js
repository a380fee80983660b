// Small comforts; every page works without them.
"use strict";

document.addEventListener("submit", (event) => {
  const form = event.target;
  const question = event.submitter?.dataset.confirm || form.dataset.confirm;
  if (question && !window.confirm(question)) {
    event.preventDefault();
    return;
  }
  // A double click must not send a form twice.
  if (form.method === "post" && !form.hasAttribute("hx-post")) {
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "1";
    window.setTimeout(() => delete form.dataset.sent, 5000);
  }
});

// Typed text that has not been saved is not lost by accident.
let dirty = false;
document.addEventListener("input", (event) => {
  if (event.target.closest("form[data-guard]")) dirty = true;
});
document.addEventListener("submit", () => { dirty = false; });
document.addEventListener("htmx:afterRequest", (event) => { if (event.detail.successful) dirty = false; });
document.addEventListener("ktd:saved", () => { dirty = false; });
window.addEventListener("beforeunload", (event) => {
  if (dirty) event.preventDefault();
});

// On a phone the current room of a menu that scrolls sideways comes into sight.
document.addEventListener("DOMContentLoaded", () => {
  for (const link of document.querySelectorAll(".app-nav [aria-current], .year-nav [aria-current]")) {
    const strip = link.closest("nav");
    const end = link.getBoundingClientRect().right;
    const starts = [...strip.querySelectorAll("li")].map((item) => item.getBoundingClientRect().left);
    // As little as needed, and so that the first room in sight is whole.
    const first = starts.find((left) => end - left <= strip.clientWidth) ?? starts[0];
    strip.scrollLeft += first - starts[0];
  }
});
