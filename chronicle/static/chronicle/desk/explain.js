/* Dates and figures are explained below their line while they are typed, by the desk's own parsers. */
"use strict";
{
  const address = document.currentScript.dataset.address;
  const WAIT = 350; // milliseconds without a key
  const waiting = new WeakMap();

  const unitOf = (line) => document.querySelector(`[name="${CSS.escape(line.name.replace(/asserted_figure$/, "unit"))}"]`);

  function show(line, answer) {
    const told = document.getElementById(`${line.id}_understood`);
    if (!told) return;
    if (told.textContent !== answer.words) told.textContent = answer.words;
    told.classList.toggle("refused", answer.is_refused);
  }

  async function explain(line) {
    waiting.get(line)?.ask?.abort();
    const ask = new AbortController(), text = line.value.trim();
    waiting.set(line, { ask });
    if (!text) return show(line, { words: "", is_refused: false });
    const question = new URLSearchParams({ as: line.dataset.explainedBy, text, unit: unitOf(line)?.value ?? "" });
    try {
      const answer = await fetch(`${address}?${question}`, { signal: ask.signal, redirect: "error" });
      if (answer.ok) show(line, await answer.json());
    } catch { /* no line to the desk, or more was typed: saving tells the same */ }
  }

  document.addEventListener("input", (event) => {
    const line = event.target;
    if (!line.dataset?.explainedBy) return;
    clearTimeout(waiting.get(line)?.timer);
    waiting.set(line, { ...waiting.get(line), timer: setTimeout(explain, WAIT, line) });
  });
  document.addEventListener("DOMContentLoaded", () => {
    django.jQuery(document).on("change", "select[name$=-unit]", (event) => {
      const line = document.querySelector(`[name="${CSS.escape(event.target.name.replace(/unit$/, "asserted_figure"))}"]`);
      if (line?.value) explain(line);
    });
  });
}
