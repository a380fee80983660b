// Says every 20 seconds that this person has the text open, and shows who else has.
"use strict";

(() => {
  const EVERY = 20_000;
  const first = document.querySelector("form[data-presence]");
  if (!first) return;
  let section = "";

  document.addEventListener("focusin", (event) => {
    const form = event.target.closest("form[data-presence]");
    if (form && form.dataset.section !== section) { section = form.dataset.section; tell(); }
  });

  const line = (words, tag) => {
    const made = document.createElement(tag);
    made.textContent = words;
    return made;
  };

  function show(others) {
    const board = document.getElementById("co-mat");
    if (board && board.textContent.trim() !== others.map((each) => each.words).join("")) {
      board.replaceChildren(...others.map((each) => line(each.words, "li")));
    }
    for (const form of document.querySelectorAll("form[data-presence]")) {
      const here = others.filter((each) => each.section === form.dataset.section);
      form.querySelector(".present-here")?.remove();
      if (!here.length) continue;
      const told = line(here.map((each) => each.words).join(" "), "p");
      told.className = "present-here small";
      form.prepend(told);
    }
  }

  async function tell() {
    const form = document.querySelector("form[data-presence]");
    if (!form || document.hidden) return;
    const body = new FormData();
    body.append("section", section);
    body.append("csrfmiddlewaretoken", form.querySelector("[name=csrfmiddlewaretoken]").value);
    try {
      const answer = await fetch(form.dataset.presence, { method: "POST", body, redirect: "manual" });
      if (answer.ok) show((await answer.json()).others);
      else if (answer.type === "opaqueredirect" || [401, 403].includes(answer.status)) {
        document.dispatchEvent(new CustomEvent("ktd:session", { detail: answer.status }));
      }
    } catch { /* no network: the editor itself says so when it saves */ }
  }

  tell();
  window.setInterval(tell, EVERY);
})();
