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
document.addEventListener("htmx:afterRequest", (event) => {
  // A preview saves nothing.
  if (event.detail.successful && !event.detail.elt.closest("[data-preview]")) dirty = false;
});
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

// On a phone a long group waits to be opened.
document.addEventListener("DOMContentLoaded", () => {
  if (!window.matchMedia("(max-width: 575px)").matches) return;
  for (const group of document.querySelectorAll("details[data-folds-narrow]")) group.open = false;
});

// A long list of check boxes is narrowed while typing; what is ticked stays in sight.
const folded = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/[đĐ]/g, "d").toLowerCase();
document.addEventListener("DOMContentLoaded", () => {
  for (const tools of document.querySelectorAll("[data-narrows]")) {
    const search = tools.querySelector("input");
    const rows = [...document.querySelector(tools.dataset.narrows).querySelectorAll(".form-check")];
    tools.hidden = false;
    search.addEventListener("input", () => {
      const words = folded(search.value).split(/\s+/);
      for (const row of rows) {
        const text = folded(row.textContent);
        row.hidden = !row.querySelector(":checked") && !words.every((word) => text.includes(word));
      }
    });
    search.addEventListener("keydown", (event) => { if (event.key === "Enter") event.preventDefault(); });
    tools.querySelector("button").addEventListener("click", () => {
      for (const row of rows) if (!row.hidden) row.querySelector("input").checked = true;
    });
  }
});
