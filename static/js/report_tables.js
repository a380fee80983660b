// Tables of a report get rows as needed; without this file each saving brings two blank ones.
"use strict";

(() => {
  const MOST_ROWS = 200;

  function blank(row, number) {
    const made = row.cloneNode(true);
    for (const input of made.querySelectorAll("input")) {
      const old = input.name;
      input.name = old.replace(/^(o|xoa)-\d+/, `$1-${number}`);
      input.setAttribute("aria-label", input.getAttribute("aria-label").replace(/dòng \d+$/, `dòng ${number + 1}`));
      if (input.type === "checkbox") input.checked = false;
      else input.value = "";
    }
    return made;
  }

  for (const form of document.querySelectorAll("form[data-rows]")) {
    const body = form.querySelector("tbody");
    const count = form.querySelector("[data-count]");
    const add = document.createElement("button");
    add.type = "button";
    add.className = "btn btn-sm btn-outline-secondary";
    add.textContent = "Thêm dòng";
    add.addEventListener("click", () => {
      const number = Number(count.value);
      if (number >= MOST_ROWS || !body.lastElementChild) return;
      const row = blank(body.lastElementChild, number);
      body.append(row);
      count.value = String(number + 1);
      row.querySelector("input").focus();
    });
    form.querySelector("button[type=submit]").after(" ", add);
  }
})();
