// Editors of reports: text that could not be saved stays in this browser and is offered back.
// Every form works without this file: it has a button of its own.
"use strict";

(() => {
  const keyOf = (form) => `ktd-ban-nhap:${form.dataset.user}:${form.getAttribute("action")}`;
  const textOf = (form) => form.querySelector("textarea");
  const versionOf = (form) => form.querySelector("input[name=version]");
  const statusOf = (form) => form.querySelector(".editor-status");
  const isEditor = (element) => element instanceof HTMLFormElement && element.hasAttribute("data-autosave");

  // A full or forbidden store must not break typing.
  const store = {
    read(form) {
      try { return JSON.parse(window.localStorage.getItem(keyOf(form))); } catch { return null; }
    },
    keep(form) {
      const draft = { text: textOf(form).value, version: versionOf(form).value, at: Date.now() };
      try { window.localStorage.setItem(keyOf(form), JSON.stringify(draft)); } catch { /* no room */ }
    },
    drop(form) {
      try { window.localStorage.removeItem(keyOf(form)); } catch { /* no store */ }
    },
  };

  const paragraph = (text, className) => {
    const made = document.createElement("p");
    made.className = className;
    made.textContent = text;
    return made;
  };

  const button = (text, className, act) => {
    const made = document.createElement("button");
    made.type = "button";
    made.className = `btn btn-sm ${className}`;
    made.textContent = text;
    made.addEventListener("click", act);
    return made;
  };

  function offer(form, draft) {
    const box = document.createElement("div");
    box.className = "alert alert-warning draft-offer";
    const at = new Date(draft.at).toLocaleString("vi-VN", { timeZone: "Asia/Ho_Chi_Minh" });
    box.append(
      paragraph(`Trình duyệt này còn giữ nội dung bạn gõ lúc ${at} mà chưa lưu được.`, "mb-2"),
      button("Khôi phục nội dung chưa lưu", "btn-primary me-2", () => {
        textOf(form).value = draft.text;
        // The version it was typed on: if someone saved since, the server shows both texts.
        versionOf(form).value = draft.version;
        box.remove();
        textOf(form).focus();
        textOf(form).dispatchEvent(new Event("input", { bubbles: true }));
      }),
      button("Bỏ nội dung đó", "btn-outline-secondary", () => { store.drop(form); box.remove(); }),
    );
    form.prepend(box);
  }

  document.querySelectorAll("form[data-autosave]").forEach((form) => {
    const draft = store.read(form);
    if (!draft) return;
    if (draft.text.trimEnd() === textOf(form).value.trimEnd()) store.drop(form);
    else offer(form, draft);
  });

  document.addEventListener("input", (event) => {
    const form = event.target.form;
    if (isEditor(form) && event.target === textOf(form)) store.keep(form);
  });

  // Two texts are being compared: only the writer's own choice goes on. The text stays in the store.
  document.addEventListener("htmx:confirm", (event) => {
    const cause = event.detail.triggeringEvent;
    if (!isEditor(event.detail.elt) || (cause && cause.type === "submit")) return;
    if (event.detail.elt.querySelector(".conflict")) event.preventDefault();
  });

  // What a button meant is not repeated by the next autosave.
  document.addEventListener("htmx:configRequest", (event) => {
    if (!isEditor(event.detail.elt)) return;
    const cause = event.detail.triggeringEvent;
    if (!cause || cause.type !== "submit") {
      event.detail.formData.delete("overwrite");
      event.detail.formData.delete("take");
    }
    event.detail.elt.dataset.sending = event.detail.formData.get("text") ?? "";
  });

  // A refusal (409: someone else saved; 422: too long) is an answer to show.
  document.addEventListener("htmx:beforeSwap", (event) => {
    if ([409, 422].includes(event.detail.xhr.status)) event.detail.shouldSwap = true;
  });

  document.addEventListener("htmx:afterRequest", (event) => {
    const form = event.detail.elt;
    if (!isEditor(form)) return;
    const status = event.detail.xhr ? event.detail.xhr.status : 0;
    if (status === 200) {
      const gaveWay = event.detail.requestConfig.formData.has("take");
      if (gaveWay || textOf(form).value === form.dataset.sending) store.drop(form);
    } else if (![204, 409, 422].includes(status)) {
      const sentence = "Chưa lưu được: mất kết nối hoặc bạn không còn quyền sửa. Nội dung vẫn được giữ trong trình duyệt này; hãy thử lại hoặc tải lại trang.";
      statusOf(form).replaceChildren(paragraph(sentence, "alert alert-danger mb-0"));
    }
  });

  // Saved by the plain button, or replaced on purpose.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (isEditor(form) && event.submitter && event.submitter.name === "take") store.drop(form);
  });
})();
