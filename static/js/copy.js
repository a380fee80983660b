// A button that copies the words of an element; it shows only where the browser can.
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  if (!navigator.clipboard) return;
  for (const button of document.querySelectorAll("[data-copy]")) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      const told = document.querySelector("[role=status]");
      try {
        await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).innerText.trim());
        button.textContent = "Đã sao chép";
        if (told) told.textContent = "Đã sao chép tin.";
      } catch {
        button.textContent = "Không sao chép được, hãy tải tệp .txt";
      }
    });
  }
});
