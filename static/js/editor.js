// A surface with simple formatting over the plain text areas of sections. The text area stays the only truth:
// the surface is drawn from its marks and writes marks back, so saving, drafts and comparing know one text.
"use strict";

(() => {
  const MARK = /(\*\*.+?\*\*|__.+?__)/;
  const MOST_COLUMNS = 8;
  const surfaces = new WeakMap();

  const make = (tag, attributes = {}, ...children) => {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    made.append(...children);
    return made;
  };

  // Marks to elements, as reports/documents/rich_text.py reads them.
  function runs(line) {
    return line.split(MARK).filter(Boolean).map((part) => {
      if (part.length > 4 && part.startsWith("**") && part.endsWith("**")) return make("b", {}, part.slice(2, -2));
      if (part.length > 4 && part.startsWith("__") && part.endsWith("__")) return make("i", {}, part.slice(2, -2));
      return document.createTextNode(part);
    });
  }

  const isRow = (line) => line.length > 1 && line.startsWith("|") && line.endsWith("|");
  const cellsOf = (line) => line.slice(1, -1).split(/(?<!\\)\|/).slice(0, MOST_COLUMNS)
    .map((cell) => cell.trim().replaceAll("\\|", "|"));

  function tableOf(rows) {
    const width = Math.max(...rows.map((row) => row.length));
    const body = make("tbody");
    rows.forEach((row, number) => {
      const line = make("tr");
      for (let place = 0; place < width; place += 1) {
        line.append(make(number ? "td" : "th", {}, row[place] || make("br")));
      }
      body.append(line);
    });
    return make("table", { class: "table table-sm table-bordered" }, body);
  }

  function draw(text) {
    const found = document.createDocumentFragment();
    let list = null;
    let rows = [];
    const close = () => {
      if (rows.length) found.append(tableOf(rows));
      rows = [];
      list = null;
    };
    for (const typed of text.replace(/\s+$/, "").split(/\r\n|\r|\n/)) {
      const line = typed.trim();
      if (isRow(line)) {
        if (list) close();
        rows.push(cellsOf(line));
      } else if (line.startsWith("- ")) {
        if (rows.length) close();
        if (!list) { list = make("ul"); found.append(list); }
        list.append(make("li", {}, ...runs(line.slice(2))));
      } else {
        close();
        found.append(make("p", {}, ...(line ? runs(line) : [make("br")])));
      }
    }
    close();
    return found;
  }

  // Elements to marks.
  const BLOCKS = new Set(["P", "DIV", "UL", "OL", "LI", "TABLE", "TBODY", "THEAD", "TR", "H1", "H2", "H3", "H4", "H5", "H6", "BLOCKQUOTE", "PRE"]);
  const heavy = (element) => ["B", "STRONG"].includes(element.tagName);
  const leaning = (element) => ["I", "EM"].includes(element.tagName);

  function wrapped(text, sign) {
    const [, before, words, after] = /^(\s*)([\s\S]*?)(\s*)$/.exec(text);
    return words ? `${before}${sign}${words}${sign}${after}` : text;
  }

  function words(node, sign = "") {
    if (node.nodeType === Node.TEXT_NODE) {
      const text = node.data.replace(/[\u200b\ufeff]/g, "").replace(/[ \t\n\r\u00a0]+/g, " ");
      return sign ? wrapped(text, sign) : text;
    }
    if (node.nodeType !== Node.ELEMENT_NODE) return "";
    if (node.tagName === "BR") return "\n";
    const own = heavy(node) ? "**" : leaning(node) ? "__" : "";
    return [...node.childNodes].map((child) => words(child, sign || own)).join("");
  }

  const joined = (text) => text.replaceAll("****", "").replaceAll("____", "");
  const cellText = (cell) => words(cell).replace(/\*\*|__/g, "").replace(/\s+/g, " ").trim().replaceAll("|", "\\|");

  function lines(node, found, before = "") {
    let line = "";
    const end = () => {
      if (line.trim()) found.push(...joined(line).split("\n").map((part) => part.trim()).filter(Boolean).map((part) => before + part));
      line = "";
    };
    for (const child of node.childNodes) {
      if (child.nodeType !== Node.ELEMENT_NODE || !BLOCKS.has(child.tagName)) { line += words(child); continue; }
      end();
      if (child.tagName === "TABLE") {
        for (const row of child.rows) found.push(`| ${[...row.cells].slice(0, MOST_COLUMNS).map(cellText).join(" | ")} |`);
      } else if (child.tagName === "LI") {
        lines(child, found, "- ");
      } else if (child.textContent.trim() || child.querySelector("table")) {
        lines(child, found, before);
      } else if (child.tagName === "P" || child.tagName === "DIV") {
        found.push("");
      }
    }
    end();
    return found;
  }

  const marksOf = (surface) => lines(surface, []).join("\n").replace(/\s+$/, "");

  // What the browser's own editing leaves behind: styles and elements that have no mark.
  function tidy(surface) {
    for (const styled of surface.querySelectorAll("[style], [class]:not(table)")) {
      styled.removeAttribute("style");
      if (styled.tagName !== "TABLE") styled.removeAttribute("class");
    }
  }

  function write(area, surface) {
    tidy(surface);
    const text = marksOf(surface);
    if (text === area.value) return;
    area.value = text;
    area.dispatchEvent(new Event("input", { bubbles: true }));
  }

  // Commands of the browser keep its own history of undoing.
  const command = (name, value = null) => document.execCommand(name, false, value);
  const htmlOf = (fragment) => make("div", {}, fragment).innerHTML;
  const around = (surface, tag) => {
    const at = window.getSelection().anchorNode;
    const element = at && (at.nodeType === Node.ELEMENT_NODE ? at : at.parentElement);
    const found = element && element.closest(tag);
    return found && surface.contains(found) ? found : null;
  };

  function rowsOf(table) {
    return [...table.rows].map((row) => [...row.cells].map((cell) => cell.textContent));
  }

  // A changed table takes the old one's place as one step that can be undone.
  function replaceTable(surface, table, rows) {
    const selection = window.getSelection();
    const range = document.createRange();
    range.selectNode(table);
    selection.removeAllRanges();
    selection.addRange(range);
    if (rows.length && rows[0].length) command("insertHTML", htmlOf(tableOf(rows)));
    else command("delete");
    surface.focus();
  }

  const TABLE_ACTS = {
    "Thêm dòng": (rows) => [...rows, rows[0].map(() => "")],
    "Thêm cột": (rows) => (rows[0].length < MOST_COLUMNS ? rows.map((row) => [...row, ""]) : rows),
    "Bớt dòng": (rows) => rows.slice(0, -1),
    "Bớt cột": (rows) => rows.map((row) => row.slice(0, -1)),
  };

  function inserted(area, surface, fragment) {
    surface.focus();
    command("insertHTML", htmlOf(fragment));
    write(area, surface);
  }

  function pasteText(area, surface, text) {
    if (!/\n/.test(text.trim())) command("insertText", text.trim());
    else command("insertHTML", htmlOf(draw(text)));
    write(area, surface);
  }

  async function paste(event, form, area, surface) {
    event.preventDefault();
    const plain = event.clipboardData.getData("text/plain");
    const html = event.clipboardData.getData("text/html");
    if (!html) { pasteText(area, surface, plain); return; }
    const selection = window.getSelection();
    const range = selection.rangeCount ? selection.getRangeAt(0).cloneRange() : null;
    let text = plain;
    try {
      const body = new FormData();
      body.append("html", html);
      body.append("csrfmiddlewaretoken", form.querySelector("[name=csrfmiddlewaretoken]").value);
      const answer = await fetch(form.dataset.paste, { method: "POST", body, redirect: "manual" });
      if (answer.ok) text = (await answer.json()).text || plain;
    } catch { /* no network: the words alone */ }
    surface.focus();
    if (range && surface.contains(range.startContainer)) { selection.removeAllRanges(); selection.addRange(range); }
    pasteText(area, surface, text);
  }

  function toolbar(area, surface, label) {
    const bar = make("div", { class: "editor-tools", role: "toolbar", "aria-label": `Định dạng: ${label}` });
    const add = (text, title, act, className = "") => {
      const button = make("button", { type: "button", class: `btn btn-sm btn-outline-secondary ${className}`.trim(), title }, text);
      // The selection must stay where it is.
      button.addEventListener("mousedown", (event) => event.preventDefault());
      button.addEventListener("click", () => { surface.focus(); act(); write(area, surface); state(); });
      bar.append(button);
      return button;
    };
    const bold = add("Đậm", "Chữ đậm (Ctrl+B)", () => command("bold"), "fw-bold");
    const italic = add("Nghiêng", "Chữ nghiêng (Ctrl+I)", () => command("italic"), "fst-italic");
    const list = add("Danh sách", "Gạch đầu dòng", () => command("insertUnorderedList"));
    add("Bảng", "Chèn bảng 2 cột, 3 dòng", () => {
      if (around(surface, "table")) return;
      inserted(area, surface, tableOf([["Cột 1", "Cột 2"], ["", ""], ["", ""]]));
    });
    const inTable = Object.entries(TABLE_ACTS).map(([text, change]) => add(text, `${text} của bảng`, () => {
      const table = around(surface, "table");
      if (table) replaceTable(surface, table, change(rowsOf(table)));
    }));
    const state = () => {
      if (!surface.contains(document.activeElement) && document.activeElement !== surface) return;
      bold.setAttribute("aria-pressed", String(document.queryCommandState("bold")));
      italic.setAttribute("aria-pressed", String(document.queryCommandState("italic")));
      list.setAttribute("aria-pressed", String(Boolean(around(surface, "ul"))));
      const within = Boolean(around(surface, "table"));
      for (const button of inTable) button.hidden = !within;
    };
    for (const button of inTable) button.hidden = true;
    document.addEventListener("selectionchange", state);
    return bar;
  }

  function keys(event) {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
    const act = { b: "bold", i: "italic" }[event.key.toLowerCase()];
    if (event.key.toLowerCase() === "u") event.preventDefault(); // no mark for it
    if (!act) return;
    event.preventDefault();
    command(act);
  }

  function enhance(form) {
    const area = form.querySelector("textarea.editor-text");
    if (!area || surfaces.has(area)) return;
    const section = form.dataset.section;
    const surface = make("div", {
      class: "form-control editor-surface",
      id: `soan-${section}`,
      contenteditable: "true",
      role: "textbox",
      "aria-multiline": "true",
      "aria-label": form.dataset.label,
      tabindex: "0",
    });
    if (document.getElementById(`huong-dan-${section}`)) surface.setAttribute("aria-describedby", `huong-dan-${section}`);
    surface.append(draw(area.value));
    surface.addEventListener("input", () => write(area, surface));
    surface.addEventListener("keydown", keys);
    surface.addEventListener("paste", (event) => paste(event, form, area, surface));
    surface.addEventListener("drop", (event) => event.preventDefault());
    // The text came from elsewhere: a draft that was kept, another person's version.
    area.addEventListener("ktd:text", () => surface.replaceChildren(draw(area.value)));
    surfaces.set(area, surface);
    area.before(toolbar(area, surface, form.dataset.label), surface);
    area.hidden = true;
    form.classList.add("has-surface");
  }

  const enhanceAll = (root) => root.querySelectorAll("form[data-autosave]").forEach(enhance);
  document.execCommand("defaultParagraphSeparator", false, "p");
  document.execCommand("styleWithCSS", false, "false");
  enhanceAll(document);
  document.addEventListener("htmx:load", (event) => enhanceAll(event.detail.elt.parentElement || document));
})();
