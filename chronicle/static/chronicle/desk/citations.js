/* Citations on the form of an event: what needs no script is there without it. This draws the autocompletes of a row when it is
   opened, shows the fields of its aspect, and copies a row for the next page of its document. */
"use strict";
document.addEventListener("DOMContentLoaded", () => {
  const group = document.querySelector(".citations");
  if (!group) return;
  const $ = django.jQuery;
  const field = (row, name) => row.querySelector(`[name="${row.id}-${name}"]`);

  function fitAspect(row) {
    const aspect = field(row, "aspect")?.value;
    for (const part of row.querySelectorAll(".by-aspect")) {
      const holds = [...part.querySelectorAll("input, select")].some((one) => (one.type === "checkbox" ? one.checked : one.value));
      const isWrong = part.querySelector(".errorlist");
      part.hidden = !(part.classList.contains(`aspect-${aspect}`) || holds || isWrong);
    }
  }

  /* What a copy brought along for another aspect goes when the aspect is changed; what was typed stays and is shown. */
  function dropCarried(row) {
    const aspect = field(row, "aspect").value;
    for (const one of row.querySelectorAll(`.by-aspect:not(.aspect-${aspect}) [data-carried]`)) {
      one.value = "";
      $(one).trigger("change.select2");
    }
  }

  /* A folded row came without what the empty row has as well: help texts, ways to other records, how pickers are made. */
  function unfold(row) {
    const own = (text) => text.replaceAll("__prefix__", row.id.slice(row.id.lastIndexOf("-") + 1));
    for (const cell of row.querySelectorAll(".cell")) {
      const name = [...cell.classList].find((one) => one.startsWith("field-"));
      const pattern = group.querySelector(`.empty-form .${name}`);
      if (!pattern || cell.querySelector(".help, .related-widget-wrapper-link")) continue;
      const control = cell.querySelector("select, input, textarea");
      for (const { name, value } of pattern.querySelector(control.localName).attributes)
        if (!control.hasAttribute(name) && name !== "value") control.setAttribute(name, own(value));
      for (const part of pattern.querySelectorAll(".help, .related-widget-wrapper-link")) {
        const copy = part.cloneNode(true);
        copy.id = own(copy.id);
        (part.matches(".help") ? cell : cell.querySelector(".related-widget-wrapper")).append(copy);
      }
      if (control.matches(".related-widget-wrapper select")) updateRelatedObjectLinks(control);
    }
  }

  /* The template stays as it came: its details, open from the start, tell of it as late as the browser likes. */
  function prepare(row) {
    if (row.dataset.prepared || row.matches(".empty-form")) return;
    unfold(row);
    row.dataset.prepared = "yes";
    $(row).find("select.late-autocomplete").djangoAdminSelect2();
    fitAspect(row);
  }

  const rowOf = (element) => element.closest(".inline-related");

  function increased(locator) {
    const found = locator.trim().match(/^(?:\d+\s*[-–]\s*)?(\d{1,9})$/);
    return found ? String(Number(found[1]) + 1) : locator;
  }

  function carry(from, to, name) {
    const source = field(from, name), target = field(to, name);
    if (!source || !target) return;
    if (target.classList.contains("late-autocomplete")) {
      const chosen = source.selectedOptions[0];
      if (chosen?.value) target.append(new Option(chosen.text, chosen.value, true, true));
    }
    target.value = name === "locator" ? increased(source.value) : source.value;
    target.dispatchEvent(new Event("change", { bubbles: true }));
    target.dataset.carried = "yes";
    if (target.classList.contains("late-autocomplete")) $(target).trigger("change.select2");
  }

  function copyOf(row) {
    const added = add();
    for (const name of group.dataset.carried.split(" ")) carry(row, added, name);
    fitAspect(added);
    added.querySelector(".by-aspect:not([hidden]) input, textarea")?.focus();
    return added;
  }

  /* Django's script puts its link below the rows, a moment after the page is there: what asks for a row earlier waits for it by
     `$(…)`. A new row is the last one before the template. */
  function add() {
    group.querySelector(".add-row a").click();
    return group.querySelector(".empty-form").previousElementSibling;
  }

  function open(row) {
    row.querySelector("details").open = true;
    prepare(row);
  }

  function relabel(row) {
    const where = row.querySelector("summary .where"), chosen = field(row, "document")?.selectedOptions[0]?.text;
    if (row.classList.contains("has_original")) row.classList.add("changed");
    else if (chosen) where.textContent = [chosen, field(row, "locator").value].filter(Boolean).join(", ");
  }

  group.addEventListener("toggle", (event) => event.target.matches("details.citation[open]") && prepare(rowOf(event.target)), true);
  group.addEventListener("input", (event) => relabel(rowOf(event.target)));
  group.addEventListener("change", (event) => {
    const row = rowOf(event.target);
    if (!row.dataset.prepared) return; // the admin's own script, while the page is made
    delete event.target.dataset.carried;
    if (event.target.name.endsWith("-aspect")) {
      dropCarried(row);
      fitAspect(row);
    }
    if (event.target.name.endsWith("-DELETE")) row.classList.toggle("to-delete", event.target.checked);
    else relabel(row);
  });
  group.addEventListener("click", (event) => {
    const button = event.target.closest("button[name=_copy]");
    if (!button) return;
    event.preventDefault();
    $(() => copyOf(rowOf(button)));
  });
  document.addEventListener("formset:added", (event) => {
    if (event.detail.formsetName !== "citations") return;
    open(event.target);
    $(event.target).find(".field-document select").first().each((_, one) => $(one).data("select2")?.$selection.trigger("focus"));
  });
  group.querySelectorAll("details.citation[open]").forEach((one) => prepare(rowOf(one)));
  document.addEventListener("chronicle:add-citation", () => $(() => add()));
});
