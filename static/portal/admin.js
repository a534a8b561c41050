"use strict";
// The theme's searching selects have no name for a screen reader: each is given the words of its field's label.
(() => {
  const nameOf = (select) => {
    const labels = [...select.labels].map((label) => label.textContent.trim().replace(/[\s*:：]+$/, ""));
    return select.getAttribute("aria-label") || labels.filter(Boolean).join(" ") || select.title;
  };

  const nameSelect = (select) => {
    const box = select.nextElementSibling;
    const name = nameOf(select);
    if (!name || !box || !box.classList.contains("select2-container")) return;
    const combobox = box.querySelector(".select2-selection");
    const shown = box.querySelector(".select2-selection__rendered");
    combobox.id ||= `${select.id}-combobox`;
    combobox.setAttribute("aria-label", name);
    if (shown && shown.id) combobox.setAttribute("aria-labelledby", `${combobox.id} ${shown.id}`);
    if (shown && shown.getAttribute("role") === "textbox") shown.setAttribute("aria-label", name);
    const fields = [...box.querySelectorAll(".select2-search__field")];
    if (box.classList.contains("select2-container--open")) {
      fields.push(...document.querySelectorAll(".select2-dropdown .select2-search__field"));
    }
    for (const field of fields) field.setAttribute("aria-label", name);
  };

  // A form that asks only for whom goes on by itself once somebody is picked; it opens with the cursor in the field.
  const goOn = () => {
    const $ = window.django && window.django.jQuery;
    if (!$ || !$.fn.select2) return;
    $("form[data-up-go]").each((_, form) => {
      const select = $(form).find("select");
      select.on("select2:select", () => form.requestSubmit());
      if (form.dataset.upGo === "open") select.select2("open");
    });
  };
  window.addEventListener("load", goOn);

  // A field that concerns one answer alone is seen with that answer: its widget says of which field, and which.
  const concerns = (part) => {
    const [name, value] = part.dataset.upWhen.split("=");
    const told = new FormData(part.closest("form")).getAll(name);
    part.closest("div.group").style.display = told.includes(value) ? "" : "none";
  };
  const showConcerned = () => document.querySelectorAll("form [data-up-when]").forEach(concerns);
  window.addEventListener("load", showConcerned);
  document.addEventListener("change", showConcerned);

  const nameAll = () => document.querySelectorAll("select.select2-hidden-accessible").forEach(nameSelect);
  new MutationObserver(nameAll).observe(document.documentElement, { childList: true, subtree: true });
})();
