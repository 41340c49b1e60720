/* Pickers of documents, places and agents have names for those who do not see their labels. */
"use strict";
{
  const $ = django.jQuery, draw = $.fn.djangoAdminSelect2;

  function name(select) {
    const picker = $(select).data("select2")?.$selection[0];
    const label = document.querySelector(`label[for="${CSS.escape(select.id)}"]`);
    if (!picker) return;
    const shown = picker.querySelector(".select2-selection__rendered");
    if (label) label.id ||= `${select.id}_label`;
    picker.setAttribute("aria-labelledby", `${label ? label.id : select.id} ${shown.id}`);
    if (select.getAttribute("aria-describedby")) picker.setAttribute("aria-describedby", select.getAttribute("aria-describedby"));
    shown.removeAttribute("role"); // it is no field of its own
    shown.removeAttribute("aria-readonly");
  }

  $.fn.djangoAdminSelect2 = function () {
    draw.call(this);
    this.each((_, select) => name(select));
    return this;
  };
}
