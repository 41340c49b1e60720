// A passage that is marked in the text of a page becomes the quotation, with its place in code points.
"use strict";

(() => {
  const text = document.getElementById("page-text");
  const form = document.querySelector(".beside form");
  if (!text || !form) return;
  document.querySelectorAll(".how").forEach((words) => { words.hidden = !words.hidden; });
  const quotation = form.querySelector("[name$='-quotation']");
  const start = form.elements.start;
  const end = form.elements.end;
  const points = (words) => [...words].length;

  const before = (node, offset) => {
    const range = document.createRange();
    range.setStart(text, 0);
    range.setEnd(node, offset);
    return range.cloneContents().textContent;
  };

  const take = () => {
    const selection = document.getSelection();
    if (!selection.rangeCount || selection.isCollapsed) return;
    const range = selection.getRangeAt(0);
    if (!text.contains(range.startContainer) || !text.contains(range.endContainer)) return;
    const marked = range.cloneContents().textContent;
    const words = marked.trim();
    if (!words) return;
    const first = Number(text.dataset.start) + points(before(range.startContainer, range.startOffset))
      + points(marked) - points(marked.trimStart());
    quotation.value = words;
    start.value = first;
    end.value = first + points(words);
    quotation.dispatchEvent(new Event("input", { bubbles: true }));
  };

  text.addEventListener("mouseup", take);
  text.addEventListener("touchend", () => setTimeout(take));
  text.addEventListener("keyup", take);
  quotation.addEventListener("input", (event) => {
    if (event.isTrusted) start.value = end.value = "";
  });
})();
