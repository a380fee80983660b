// Editors of reports: text that could not be saved stays in this browser and is offered back.
// Every form works without this file: it has a button of its own.
"use strict";

(() => {
  const RETRY = 15_000;
  const PATIENCE = 20_000;
  const textOf = (form) => form.querySelector("textarea");
  const versionOf = (form) => form.querySelector("input[name=version]");
  const statusOf = (form) => form.querySelector(".editor-status");
  const isEditor = (element) => element instanceof HTMLFormElement && element.hasAttribute("data-autosave");
  const editors = () => [...document.querySelectorAll("form[data-autosave]")];

  // Two tabs keep their drafts apart, so that what one saves takes nothing from the other.
  const tab = (() => {
    const made = Math.random().toString(36).slice(2, 10);
    try {
      const known = window.sessionStorage.getItem("ktd-the") || made;
      window.sessionStorage.setItem("ktd-the", known);
      return known;
    } catch { return made; }
  })();
  const rootOf = (form) => `ktd-ban-nhap:${form.dataset.user}:${form.getAttribute("action")}:`;
  const keyOf = (form) => rootOf(form) + tab;

  // A full or forbidden store must not break typing.
  const store = {
    all(form) {
      try {
        return Object.keys(window.localStorage)
          .filter((key) => key.startsWith(rootOf(form)))
          .map((key) => [key, JSON.parse(window.localStorage.getItem(key))])
          .filter(([, draft]) => draft && typeof draft.text === "string");
      } catch { return []; }
    },
    put(key, draft) {
      try { window.localStorage.setItem(key, JSON.stringify(draft)); } catch { /* no room */ }
    },
    keep(form) {
      store.put(keyOf(form), { text: textOf(form).value, version: versionOf(form).value, at: Date.now() });
    },
    drop(key) {
      try { window.localStorage.removeItem(key); } catch { /* no store */ }
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

  function restore(form, draft) {
    textOf(form).value = draft.text;
    // The version it was typed on: if someone saved since, the server shows both texts.
    versionOf(form).value = draft.version;
    textOf(form).dispatchEvent(new Event("ktd:text"));
    (form.querySelector(".editor-surface") || textOf(form)).focus();
    textOf(form).dispatchEvent(new Event("input", { bubbles: true }));
  }

  function offer(form, key, draft) {
    const box = document.createElement("div");
    box.className = "alert alert-warning draft-offer";
    const at = new Date(draft.at).toLocaleString("vi-VN", { timeZone: "Asia/Ho_Chi_Minh" });
    box.append(
      paragraph(`Trình duyệt này còn giữ nội dung bạn gõ lúc ${at} mà chưa lưu được.`, "mb-2"),
      button("Khôi phục nội dung chưa lưu", "btn-primary me-2", () => { store.drop(key); box.remove(); restore(form, draft); }),
      button("Bỏ nội dung đó", "btn-outline-secondary", () => { store.drop(key); box.remove(); }),
    );
    form.prepend(box);
  }

  // What typing now would overwrite is put aside under a name of its own, until the writer has chosen.
  function offerDrafts(form) {
    for (const [key, draft] of store.all(form)) {
      store.drop(key);
      if (draft.text.trimEnd() === textOf(form).value.trimEnd()) continue;
      const aside = `${rootOf(form)}${draft.at}`;
      store.put(aside, draft);
      offer(form, aside, draft);
    }
  }

  // The text that the server is known to hold, to tell what is not saved yet.
  const saved = new WeakMap();
  const begin = (form) => {
    if (!saved.has(form)) saved.set(form, form.hasAttribute("data-unsaved") ? null : textOf(form).value);
  };
  const isPending = (form) => textOf(form).value !== saved.get(form) || form.querySelector(".conflict") !== null;
  editors().forEach((form) => { begin(form); offerDrafts(form); });
  document.addEventListener("htmx:load", () => editors().forEach(begin));

  document.addEventListener("input", (event) => {
    const form = event.target.form;
    if (isEditor(form) && event.target === textOf(form)) store.keep(form);
  });

  // Two texts are being compared: only the writer's own choice goes on. The text stays in the store.
  document.addEventListener("htmx:confirm", (event) => {
    const cause = event.detail.triggeringEvent;
    if (!isEditor(event.detail.elt) || (cause && cause.type === "submit" && cause.submitter)) return;
    if (event.detail.elt.querySelector(".conflict")) event.preventDefault();
  });

  // What a button meant is not repeated by the next autosave.
  document.addEventListener("htmx:configRequest", (event) => {
    if (!isEditor(event.detail.elt)) return;
    const cause = event.detail.triggeringEvent;
    if (!cause || cause.type !== "submit") {
      for (const name of ["overwrite", "take", "merge"]) event.detail.formData.delete(name);
    }
    event.detail.elt.dataset.sending = event.detail.formData.get("text") ?? "";
  });

  // A refusal (409: someone else saved; 422: too long) is an answer to show.
  document.addEventListener("htmx:beforeSwap", (event) => {
    if ([409, 422].includes(event.detail.xhr.status)) event.detail.shouldSwap = true;
  });

  // Buttons that would come back the same are left alone: one of them may just be pressed, or a reason typed.
  document.addEventListener("htmx:oobBeforeSwap", (event) => {
    const { target, fragment } = event.detail;
    if (!target || target.id !== "thao-tac") return;
    const words = (element) => element.textContent.replace(/\s+/g, " ").trim();
    if (words(target) === words(fragment)) event.preventDefault();
  });

  function settled(form, requestConfig) {
    const posted = requestConfig.formData;
    delete form.dataset.failed;
    if (posted.has("merge")) return;
    if (posted.has("take")) { store.drop(keyOf(form)); return; }
    saved.set(form, form.dataset.sending);
    if (textOf(form).value === form.dataset.sending) store.drop(keyOf(form));
  }

  document.addEventListener("htmx:afterRequest", (event) => {
    const form = event.detail.elt;
    if (!isEditor(form)) return;
    const status = event.detail.xhr ? event.detail.xhr.status : 0;
    if (status === 200) { settled(form, event.detail.requestConfig); return; }
    form.dataset.failed = String(status);
    if ([204, 409, 422].includes(status)) return;
    const sentence = status === 0 || status >= 500
      ? "Chưa lưu được: mất kết nối với máy chủ. Nội dung vẫn được giữ trong trình duyệt này và sẽ tự lưu khi có kết nối lại."
      : "Chưa lưu được: phiên đăng nhập đã hết hoặc bạn không còn quyền sửa. Nội dung vẫn được giữ trong trình duyệt này; hãy tải lại trang để lấy lại.";
    statusOf(form).replaceChildren(paragraph(sentence, "alert alert-danger mb-0"));
  });

  // The network is back, or may be.
  const isCutOff = (form) => form.dataset.failed === "0" || Number(form.dataset.failed) >= 500;
  const retry = () => editors().filter(isCutOff).forEach((form) => form.requestSubmit());
  window.addEventListener("online", retry);
  window.setInterval(retry, RETRY);

  // Signed out, as the page's sign of life learns: said once, before anything more is typed in vain.
  document.addEventListener("ktd:session", () => {
    const form = editors()[0];
    if (!form || document.querySelector(".session-over")) return;
    const sentence = "Phiên đăng nhập đã hết hoặc báo cáo không còn sửa được. Nội dung bạn gõ vẫn được giữ trong trình duyệt này; hãy tải lại trang, đăng nhập rồi khôi phục.";
    form.before(paragraph(sentence, "alert alert-warning session-over"));
  });

  // Figures and tables have buttons of their own; what is typed there and not saved is not forgotten.
  document.addEventListener("input", (event) => {
    const form = event.target.closest("form[data-entries]");
    if (form) form.dataset.typed = "1";
  });

  const say = (box, text, className) => {
    box.querySelector(".waits")?.remove();
    const told = paragraph(text, `waits alert ${className} py-2 mb-2`);
    told.setAttribute("role", "status");
    box.prepend(told);
  };

  const again = (form, box) => {
    if (form.isConnected) return form;
    const name = form.querySelector("input[name=transition]")?.value;
    return [...box().querySelectorAll("form")].find((each) => each.querySelector("input[name=transition]")?.value === name);
  };

  async function quiet(forms) {
    for (const form of forms) { delete form.dataset.failed; form.requestSubmit(); }
    const end = Date.now() + PATIENCE;
    while (Date.now() < end && forms.some((form) => isPending(form) && !form.dataset.failed)) {
      await new Promise((go) => { window.setTimeout(go, 50); });
    }
    return forms.filter(isPending);
  }

  async function saveThenGo(pressed, pending) {
    const inside = pressed.closest("[data-waits], #thao-tac");
    const box = () => (inside.isConnected ? inside : document.getElementById(inside.id));
    say(box(), "Đang lưu nội dung vừa gõ…", "alert-info");
    const left = await quiet(pending);
    if (left.length) {
      const names = left.map((form) => `«${form.dataset.label}»`).join(", ");
      say(box(), `Chưa thực hiện vì mục ${names} chưa lưu được. Hãy xem thông báo ở mục đó, lưu xong rồi bấm lại.`, "alert-danger");
      return;
    }
    box().querySelector(".waits")?.remove();
    const form = again(pressed, box);
    const go = form && form.querySelector("button[type=submit]");
    if (go) form.requestSubmit(go);
  }

  // A press that sends the report waits for what was typed just before it.
  document.addEventListener("submit", (event) => {
    const box = event.target.closest("[data-waits], #thao-tac");
    if (!box) return;
    const entries = [...document.querySelectorAll("form[data-entries][data-typed]")];
    const pending = editors().filter(isPending);
    if (!entries.length && !pending.length) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (entries.length) {
      const names = entries.map((form) => form.dataset.entries).join("; ");
      say(box, `Chưa thực hiện vì còn số liệu đã gõ mà chưa lưu: ${names}. Hãy lưu rồi bấm lại.`, "alert-danger");
      return;
    }
    saveThenGo(event.target, pending);
  }, true);
})();
