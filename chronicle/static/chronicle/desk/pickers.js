/* Pickers of documents, places and agents: what they offer is told from others of its name, and they have names themselves for
   those who do not see their labels. */
"use strict";
{
  const $ = django.jQuery;

  function shown(record) {
    if (!record.beside) return record.text;
    const name = document.createElement("span"), beside = document.createElement("small");
    name.textContent = record.text;
    beside.textContent = record.beside;
    beside.className = "beside";
    return $([name, beside]);
  }

  /* As Django draws them, and with the words beside. */
  function draw(select) {
    const { appLabel, modelName, fieldName } = select.dataset;
    const data = ({ term, page }) => ({ term, page, app_label: appLabel, model_name: modelName, field_name: fieldName });
    $(select).select2({ ajax: { data }, templateResult: shown });
  }

  function name(select) {
    const picker = $(select).data("select2")?.$selection[0];
    const label = document.querySelector(`label[for="${CSS.escape(select.id)}"]`);
    if (!picker) return;
    const text = picker.querySelector(".select2-selection__rendered");
    if (label) label.id ||= `${select.id}_label`;
    picker.setAttribute("aria-labelledby", `${label ? label.id : select.id} ${text.id}`);
    if (select.getAttribute("aria-describedby")) picker.setAttribute("aria-describedby", select.getAttribute("aria-describedby"));
    text.removeAttribute("role"); // it is no field of its own
    text.removeAttribute("aria-readonly");
  }

  $.fn.djangoAdminSelect2 = function () {
    this.each((_, select) => {
      draw(select);
      name(select);
    });
    return this;
  };
}
