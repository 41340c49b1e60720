/* What is typed into a form of the desk is kept in this browser until it is saved: after a crash, a lost line or an ended
   session it is offered back. It is kept by user and record, and goes with saving, with logging out, or after a month. */
"use strict";
(() => {
  const own = document.currentScript.dataset, PREFIX = "chronicle:draft:", MINE = `${PREFIX}${own.user}:`;
  const SENT = "chronicle:sent", MONTH = 30 * 24 * 3600 * 1000, WAIT = 800;
  const NEVER = /^(csrfmiddlewaretoken|seen|addition|next|_.*|decide:.*|.*password.*)$/;

  let isLoggingOut = false;

  const drafts = (start) => Object.keys(localStorage).filter((key) => key.startsWith(start));

  function settle() {
    const sent = sessionStorage.getItem(SENT);
    if (sent && document.querySelector(".messagelist .success")) localStorage.removeItem(sent);
    sessionStorage.removeItem(SENT);
    for (const key of drafts(PREFIX)) {
      try {
        if (Date.now() - JSON.parse(localStorage.getItem(key)).at < MONTH) continue;
      } catch { /* no draft of ours */ }
      localStorage.removeItem(key);
    }
  }

  class Form {
    constructor(form) {
      this.form = form;
      this.key = `${MINE}${location.pathname}`;
      this.start = this.read();
      this.isAnswer = Boolean(document.querySelector(".errornote, .conflict, form[data-answer]"));
      this.before = (this.isAnswer && this.kept()?.fields) || {}; // what an answer shows is not saved yet either
    }

    count(prefix, name) {
      return Number(this.form.elements[`${prefix}-${name}_FORMS`]?.value ?? 0);
    }

    /* Rows are named by their number in the database, new ones by their place among the new: others may add rows meanwhile. */
    keyOf(name) {
      const [, prefix, index, field] = name.match(/^(.+)-(\d+)-(\w+)$/) ?? [];
      if (!field) return name;
      const number = this.form.elements[`${prefix}-${index}-id`]?.value;
      return number ? `${prefix}#${number}#${field}` : `${prefix}+${index - this.count(prefix, "INITIAL")}+${field}`;
    }

    elementOf(key) {
      const [, prefix, kind, place, field] = key.match(/^(.+?)([#+])(\d+)\2(\w+)$/) ?? [];
      if (!field) return this.form.elements[key];
      if (kind === "+") return this.form.elements[`${prefix}-${this.count(prefix, "INITIAL") + Number(place)}-${field}`];
      const id = [...this.form.querySelectorAll(`[name^="${prefix}-"][name$="-id"]`)].find((one) => one.value === place);
      return id && this.form.elements[id.name.replace(/id$/, field)];
    }

    read() {
      const found = {};
      for (const one of this.form.elements) {
        if (!one.name || NEVER.test(one.name) || /_FORMS$|-__prefix__-|-id$/.test(one.name) || one.type === "submit") continue;
        if (one.type === "hidden" || one.type === "file" || (one.type === "radio" && !one.checked)) continue;
        const value = one.type === "checkbox" ? (one.checked ? "on" : "") : one.value;
        found[this.keyOf(one.name)] = one.tagName === "SELECT" ? [value, one.selectedOptions[0]?.text ?? ""] : [value];
      }
      return found;
    }

    typed() {
      const now = this.read();
      return Object.fromEntries(Object.entries(now).filter(([key, [value]]) => (this.start[key]?.[0] ?? "") !== value));
    }

    keep() {
      if (isLoggingOut) return;
      const fields = { ...this.before, ...this.typed() };
      try {
        if (Object.keys(fields).length) localStorage.setItem(this.key, JSON.stringify({ at: Date.now(), fields }));
        else localStorage.removeItem(this.key);
      } catch { /* the browser has no room: the form itself still has it */ }
    }

    kept() {
      try {
        return JSON.parse(localStorage.getItem(this.key));
      } catch {
        return null;
      }
    }

    /* Return the element of a field that is kept, after making the new rows that it needs; a grid makes its own. */
    made(key) {
      const prefix = key.match(/^(.+?)\+\d+\+/)?.[1];
      const link = prefix && document.querySelector(`#${CSS.escape(prefix)}-group .add-row a`);
      const add = () => (link ? link.click() : document.dispatchEvent(new CustomEvent("kept:row", { detail: prefix })));
      for (let tries = 0; prefix && !this.elementOf(key) && tries < 200; tries += 1) add();
      return this.elementOf(key);
    }

    putBack(fields) {
      for (const [key, [value, text]] of Object.entries(fields)) {
        const one = this.made(key);
        if (!one) continue;
        if (one.type === "checkbox") one.checked = value === "on";
        else {
          if (one.tagName === "SELECT" && ![...one.options].some((option) => option.value === value)) one.append(new Option(text, value));
          one.value = value;
        }
        one.closest("details")?.setAttribute("open", "");
        one.dispatchEvent(new Event("input", { bubbles: true }));
        window.django?.jQuery(one).trigger("change");
        one.dispatchEvent(new Event("change", { bubbles: true }));
      }
      this.keep();
    }

    labelOf(key, one) {
      const label = one && (document.querySelector(`label[for="${CSS.escape(one.id)}"]`)?.textContent || one.getAttribute("aria-label"));
      return (label || key.split(/[#+]/).pop()).trim().replace(/:$/, "");
    }
  }

  function offer(form, box, kept) {
    const rows = Object.entries(kept.fields).map(([key, [value, text]]) => [key, form.elementOf(key), text || value]);
    box.querySelector("time").textContent = new Date(kept.at).toLocaleString();
    const list = box.querySelector("ul");
    for (const [key, one, value] of rows.slice(0, 12)) {
      const line = document.createElement("li"), name = document.createElement("b");
      name.textContent = `${form.labelOf(key, one)}: `;
      line.append(name, value.length > 120 ? `${value.slice(0, 120)}…` : value || "—");
      list.append(line);
    }
    if (rows.length > 12) list.append(Object.assign(document.createElement("li"), { textContent: `+ ${rows.length - 12}` }));
    box.querySelector(".put-back").addEventListener("click", () => {
      form.putBack(kept.fields);
      box.hidden = true;
    });
    box.querySelector(".throw-away").addEventListener("click", () => {
      localStorage.removeItem(form.key);
      box.hidden = true;
    });
    box.hidden = false;
  }

  function watch(form) {
    let timer;
    const later = () => {
      clearTimeout(timer);
      timer = setTimeout(() => form.keep(), WAIT);
    };
    form.form.addEventListener("input", later);
    form.form.addEventListener("change", later);
    window.django?.jQuery(form.form).on("change", later); // pickers tell jQuery alone
    document.addEventListener("formset:added", later);
    document.addEventListener("formset:removed", later);
    form.form.addEventListener("submit", (event) => {
      if (event.submitter?.name === "_preview") return;
      form.keep();
      sessionStorage.setItem(SENT, form.key);
      const token = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/); // another tab may have logged in anew
      if (token) form.form.elements.csrfmiddlewaretoken.value = token[1];
    });
    addEventListener("pagehide", () => clearTimeout(timer) ?? (sessionStorage.getItem(SENT) || form.keep()));
  }

  document.addEventListener("DOMContentLoaded", () => {
    settle();
    document.getElementById("logout-form")?.addEventListener("submit", () => {
      isLoggingOut = true;
      drafts(MINE).forEach((key) => localStorage.removeItem(key));
    });
    const box = document.getElementById("kept");
    if (!box) return;
    const form = new Form(box.closest("form"));
    const kept = form.kept(), { isAnswer } = form;
    const differs = kept && Object.entries(kept.fields).some(([key, [value]]) => (form.start[key]?.[0] ?? "") !== value);
    if (kept && !differs && !isAnswer) localStorage.removeItem(form.key);
    if (differs && !isAnswer) offer(form, box, kept);
    setTimeout(() => watch(form)); // after the admin's own script has told every picker of its first choice
  });
})();
