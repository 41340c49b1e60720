/* Entry from a document, by keyboard: rows are added, filled from the one above, read as they are typed. */
(() => {
  "use strict";
  const form = document.querySelector("form.entry");
  if (!form) return;
  const rows = form.querySelector(".rows");
  const total = form.elements["row-TOTAL_FORMS"];
  const most = Number(form.elements["row-MAX_NUM_FORMS"].value);
  const template = form.querySelector("template");
  const CARRIED = ["event", "locator_label", "aspect", "speaker"];
  const CONTENT = ["new_title", "locator", "value", "statement", "quotation", "value_as_printed"];
  form.querySelector(".keys").hidden = false;

  const rowOf = (box) => box.closest(".assertion");
  const boxOf = (row, name) => row && row.querySelector(`[name$="-${name}"]`);
  const nameOf = (box) => box.name.replace(/^row-\d+-/, "");
  const all = () => [...rows.querySelectorAll(".assertion")];
  const isFilled = (row) => CONTENT.some((name) => boxOf(row, name).value.trim());
  const isUntouched = (row) => [...CONTENT, ...CARRIED].every((name) => !boxOf(row, name).value.trim());

  function add() {
    const index = all().length;
    if (index >= most || !template) return null;
    const made = template.content.cloneNode(true);
    for (const element of made.querySelectorAll("*")) {
      for (const attribute of ["id", "name", "for", "aria-describedby"]) {
        const value = element.getAttribute(attribute);
        if (value) element.setAttribute(attribute, value.replaceAll("__prefix__", index));
      }
    }
    made.querySelector(".number").textContent = index + 1;
    rows.append(made);
    total.value = index + 1;
    return rows.lastElementChild;
  }

  /* What a row that was made above is called, for the rows below it. */
  const eventOf = (row) => boxOf(row, "new_title").value.trim() || boxOf(row, "event").value;
  const valueAbove = (row, name) => (name === "event" ? eventOf(row) : boxOf(row, name).value);

  function carry(row) {
    const above = row.previousElementSibling;
    if (!above || !isUntouched(row)) return;
    for (const name of CARRIED) boxOf(row, name).value = valueAbove(above, name);
  }

  function next(row) {
    const below = row.nextElementSibling || add();
    if (!below) return;
    carry(below);
    const first = boxOf(below, "event");
    first.focus();
    if (first.select) first.select();
  }

  /* How a row is understood, asked after a box is left. */
  const waiting = new WeakMap();
  function readSoon(row) {
    clearTimeout(waiting.get(row));
    waiting.set(row, setTimeout(() => read(row), 250));
  }
  async function read(row) {
    const told = row.querySelector(":scope > .understood");
    if (!isFilled(row)) { told.textContent = ""; return; }
    const data = new FormData();
    data.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    data.set("row-TOTAL_FORMS", 1);
    data.set("row-INITIAL_FORMS", 0);
    for (const box of row.querySelectorAll("[name]")) data.set(`row-0-${nameOf(box)}`, box.value);
    for (const above of all().slice(0, all().indexOf(row))) {
      const title = boxOf(above, "new_title").value.trim();
      if (title) data.append("made_above", title);
    }
    try {
      const answer = await fetch(form.dataset.read, { method: "POST", body: data, headers: { Accept: "application/json" } });
      if (answer.ok) show(told, (await answer.json()).rows[0]);
    } catch { /* without a connection the row is read when it is saved */ }
  }
  function show(place, found) {
    place.textContent = found ? found.told.join(" · ") : "";
    for (const words of Object.values(found ? found.errors : {}).flat()) {
      const wrong = document.createElement("span");
      wrong.className = "wrong";
      wrong.textContent = words;
      if (place.textContent) place.append(" · ");
      place.append(wrong);
    }
  }

  /* Names are offered while they are typed (ARIA Authoring Practices, combobox with a list). */
  const list = document.createElement("ul");
  list.className = "offered";
  list.id = "offered";
  list.setAttribute("role", "listbox");
  let owner = null;
  let asked = 0;
  function close() {
    asked += 1;
    if (!owner) return;
    owner.setAttribute("aria-expanded", "false");
    owner.removeAttribute("aria-activedescendant");
    list.remove();
    owner = null;
  }
  function kindOf(box) {
    if (box.dataset.names !== "location") return box.dataset.names;
    return boxOf(rowOf(box), "aspect").value === "location" ? "location" : "";
  }
  async function offer(box) {
    const words = box.value.trim();
    const kind = kindOf(box);
    close();
    if (!kind || words.length < 2 || words.endsWith("]")) return;
    const mine = asked;
    try {
      const answer = await fetch(`${form.dataset.names}?${new URLSearchParams({ kind, words })}`);
      const found = answer.ok ? (await answer.json()).names : [];
      if (mine !== asked || document.activeElement !== box || !found.length) return;
      open(box, found);
    } catch { /* names can be typed without the list */ }
  }
  function open(box, names) {
    list.replaceChildren(...names.map((name, index) => {
      const item = document.createElement("li");
      item.id = `offered-${index}`;
      item.setAttribute("role", "option");
      item.setAttribute("aria-selected", "false");
      item.textContent = name;
      return item;
    }));
    list.setAttribute("aria-label", box.labels[0].textContent);
    owner = box;
    box.setAttribute("aria-expanded", "true");
    box.after(list);
  }
  function move(step) {
    const items = [...list.children];
    const now = items.findIndex((item) => item.getAttribute("aria-selected") === "true");
    const then = (now + step + items.length + (now < 0 && step < 0 ? 1 : 0)) % items.length;
    items.forEach((item, index) => item.setAttribute("aria-selected", String(index === then)));
    owner.setAttribute("aria-activedescendant", items[then].id);
    items[then].scrollIntoView({ block: "nearest" });
  }
  function choose(item) {
    const box = owner;
    box.value = item.textContent;
    close();
    changed(box);
  }
  list.addEventListener("mousedown", (event) => {
    event.preventDefault();
    if (event.target.closest("li")) choose(event.target.closest("li"));
  });
  function prepare(box) {
    if (!box.dataset || !box.dataset.names || box.getAttribute("role")) return;
    box.setAttribute("role", "combobox");
    box.setAttribute("aria-autocomplete", "list");
    box.setAttribute("aria-expanded", "false");
    box.setAttribute("aria-controls", "offered");
  }
  let typing = 0;

  /* What somebody chose or took over counts as typed, for this script and for desk/keep.js. */
  const changed = (box) => box.dispatchEvent(new Event("change", { bubbles: true }));

  rows.addEventListener("focusin", (event) => prepare(event.target));
  rows.addEventListener("focusout", () => setTimeout(() => { if (owner && document.activeElement !== owner) close(); }, 100));
  rows.addEventListener("change", (event) => readSoon(rowOf(event.target)));
  document.addEventListener("kept:row", add);
  rows.addEventListener("input", (event) => {
    if (!event.target.dataset.names) return;
    clearTimeout(typing);
    typing = setTimeout(() => offer(event.target), 150);
  });
  form.addEventListener("keydown", (event) => {
    const box = event.target;
    const control = event.ctrlKey || event.metaKey;
    if (control && event.key.toLowerCase() === "s") {
      event.preventDefault();
      form.requestSubmit(form.elements._save);
      return;
    }
    const row = rowOf(box);
    if (!row || !box.name) return;
    if (owner === box && ["ArrowDown", "ArrowUp"].includes(event.key)) {
      event.preventDefault();
      move(event.key === "ArrowDown" ? 1 : -1);
    } else if (owner === box && event.key === "Escape") {
      event.preventDefault();
      close();
    } else if (event.key === "Enter" && !event.shiftKey && !control) {
      event.preventDefault();
      const chosen = owner === box && list.querySelector("[aria-selected=true]");
      if (chosen) choose(chosen); else { close(); next(row); }
    } else if (control && event.key === "'" && row.previousElementSibling) {
      event.preventDefault();
      box.value = valueAbove(row.previousElementSibling, nameOf(box));
      changed(box);
    }
  });
})();
