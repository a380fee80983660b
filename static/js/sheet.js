// A score sheet saves each line as it is typed. Without this file the page's own button saves all of it.
"use strict";

(() => {
  const form = document.querySelector("form[data-sheet-form]");
  if (!form) return;
  const token = form.querySelector("input[name=csrfmiddlewaretoken]").value;
  const LOST = "Chưa lưu được: mất kết nối hoặc phiên làm việc đã hết. Nội dung vẫn còn trên trang; hãy bấm Lưu phiếu.";
  const waiting = new Map();
  const kept = new Set();

  const seenOf = (row) => row.querySelector(`input[name="c${row.dataset.line}-seen"]`);

  function bodyOf(row) {
    const body = new URLSearchParams();
    for (const [name, value] of new FormData(form)) {
      if (name.startsWith(`c${row.dataset.line}-`)) body.append(name, value);
    }
    return body;
  }

  function tell(row, sentence, isRefused) {
    const status = row.querySelector(".line-status");
    status.classList.toggle("is-refused", isRefused);
    row.classList.toggle("table-danger", isRefused);
    status.textContent = sentence;
  }

  function forgetFault(row) {
    const fault = row.querySelector(".fault");
    if (fault) fault.remove();
  }

  function renew(row, answer) {
    seenOf(row).value = answer.seen;
    const points = row.querySelector("[data-points]");
    if (points) points.textContent = answer.points;
    for (const place of document.querySelectorAll("[data-sheet]")) {
      if (answer[place.dataset.sheet] !== undefined) place.textContent = answer[place.dataset.sheet];
    }
    let note = row.querySelector("[data-note]");
    if (!note && answer.note) {
      note = document.createElement("p");
      note.className = "form-text";
      note.dataset.note = "";
      row.querySelector(".line-status").before(note);
    }
    if (note) note.textContent = answer.note;
  }

  // Somebody else saved this line first: what was typed stays, and only a press of this button writes over it.
  function offer(row, answer) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn btn-sm btn-outline-secondary mt-1";
    button.textContent = "Giữ bản của tôi ở dòng này";
    button.addEventListener("click", () => {
      seenOf(row).value = answer.seen;
      save(row);
    });
    row.querySelector(".line-status").append(document.createElement("br"), button);
  }

  async function save(row) {
    if (waiting.has(row)) {
      waiting.set(row, true);
      return;
    }
    waiting.set(row, false);
    kept.add(row);
    try {
      const response = await fetch(row.dataset.url, {
        method: "POST",
        body: bodyOf(row),
        headers: { "X-CSRFToken": token },
        redirect: "error",
      });
      show(row, response.status, await response.json());
    } catch {
      tell(row, LOST, true);
    }
    const again = waiting.get(row);
    waiting.delete(row);
    if (again) save(row);
  }

  function show(row, status, answer) {
    forgetFault(row);
    if (status === 200) {
      tell(row, answer.saved, false);
      renew(row, answer);
      kept.delete(row);
      if (!kept.size) document.dispatchEvent(new Event("ktd:saved"));
    } else {
      tell(row, answer.fault || LOST, true);
      if (status === 409) offer(row, answer);
    }
  }

  form.addEventListener("change", (event) => {
    const row = event.target.closest("tr[data-line]");
    if (row) save(row);
  });
})();
