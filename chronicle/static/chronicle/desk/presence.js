/* Says that this form is open, and shows who else has the record open. */
"use strict";
{
  const { address, kind, number } = document.currentScript.dataset;
  const EVERY = 30_000; // milliseconds; noticing.py takes whoever is silent for more than three times that for gone

  const said = (more = {}) => {
    const data = new FormData();
    const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
    Object.entries({ kind, number, csrfmiddlewaretoken: token, ...more }).forEach(([name, value]) => data.append(name, value));
    return data;
  };

  async function say() {
    if (document.hidden) return;
    const told = document.getElementById("present");
    try {
      const answer = await fetch(address, { method: "POST", body: said(), redirect: "error" });
      if (!answer.ok) return;
      const { words } = await answer.json();
      if (told.textContent !== words) told.textContent = words;
    } catch { /* no line to the desk: saving tells */ }
  }

  document.addEventListener("DOMContentLoaded", () => {
    say();
    setInterval(say, EVERY);
    document.addEventListener("visibilitychange", say);
    addEventListener("pagehide", () => navigator.sendBeacon(address, said({ leaving: "yes" })));
  });
}
