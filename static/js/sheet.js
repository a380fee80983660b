// A score sheet saves each line as it is typed. Without this file the page's own button saves all of it.
"use strict";

(() => {
  const form = document.querySelector("form[data-sheet-form]");
  if (!form) return;
  const token = form.querySelector("input[name=csrfmiddlewaretoken]").value;
  const LOST = "Chưa lưu được: mất kết nối hoặc phiên làm việc đã hết. Nội dung vẫn còn trên trang; hãy bấm Lưu phiếu.";
  const waiting = new Set();
  const kept = new Set();
  let sending = false;
  let held = null;

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

  // One line at a time, in the order in which they were left; a line typed again while it waits goes once.
  async function save(row) {
    waiting.add(row);
    kept.add(row);
    if (sending) return;
    sending = true;
    for (const next of waiting) {
      waiting.delete(next);
      await send(next);
    }
    sending = false;
    sendHeld();
  }

  async function send(row) {
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
  }

  // A button pressed while a line is on its way would overtake it: the press waits until the line has arrived.
  function sendHeld() {
    if (!held) return;
    const { target, submitter } = held;
    held = null;
    // What was refused is shown at its line: the sheet may still be saved whole, but not sent off past it.
    const refused = form.querySelector("tr.table-danger input, tr.table-danger textarea");
    if (kept.size && target !== form && refused) refused.focus();
    else target.requestSubmit(submitter);
  }

  document.addEventListener(
    "submit",
    (event) => {
      if (!sending) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      held = { target: event.target, submitter: event.submitter };
    },
    true,
  );

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
