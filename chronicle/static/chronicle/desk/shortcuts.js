/* Keys for what is done a hundred times a day, and the sheet that lists them. All but “?” need a key held down, and “?” does
   nothing in a field; they are switched off on the sheet, for this browser (WCAG 2.2, 2.1.4). */
"use strict";
document.addEventListener("DOMContentLoaded", () => {
  const sheet = document.getElementById("shortcuts"), off = document.getElementById("shortcuts-off");
  if (!sheet) return;
  const OFF = "chronicle:shortcuts-off";
  const isOff = () => localStorage.getItem(OFF) !== null;
  const press = (name) => document.querySelector(`.submit-row [name=${name}]`)?.click();
  const follow = (chosen) => document.querySelector(chosen)?.click();
  const done = {
    "Control+KeyS": () => press("_continue"),
    "Control+Enter": () => press("_save"),
    "Alt+Shift+KeyN": () => press("_next"),
    "Alt+Shift+KeyC": () => document.dispatchEvent(new CustomEvent("chronicle:add-citation")),
    "Alt+Shift+KeyP": () => follow("[name=_preview], a.preview"),
  };

  function pressed(event) {
    const held = [(event.ctrlKey || event.metaKey) && "Control", event.altKey && "Alt", event.shiftKey && "Shift"];
    return [...held.filter(Boolean), event.code === "NumpadEnter" ? "Enter" : event.code].join("+");
  }

  document.addEventListener("keydown", (event) => {
    if (isOff() || event.isComposing || sheet.open) return;
    const isTyping = event.target.closest("input, textarea, select, [contenteditable], .select2-selection");
    const act = event.key === "?" && !event.ctrlKey && !event.altKey && !isTyping ? () => sheet.showModal() : done[pressed(event)];
    if (!act) return;
    event.preventDefault();
    act();
  });
  document.getElementById("shortcuts-open").addEventListener("click", () => sheet.showModal());
  off.checked = isOff();
  off.addEventListener("change", () => (off.checked ? localStorage.setItem(OFF, "yes") : localStorage.removeItem(OFF)));
});
