"use strict";
// Tells anew what a price has to keep to, and whom it takes over a cap, while price and day are filled in.
(() => {
  const told = document.querySelector("[data-measures]");
  const form = told && told.closest("form");
  if (!form) return;
  const fields = ["unit_price", "handed_out_on"].map((name) => form.elements.namedItem(name));
  if (fields.some((field) => !field)) return;
  const filled = () => fields.map((field) => field.value.trim()).join("|");
  let last = filled();
  let asked = 0;
  let waiting = 0;

  const ask = async () => {
    if (filled() === last) return;
    last = filled();
    const mine = (asked += 1);
    const query = new URLSearchParams({ try: fields[0].value, on: fields[1].value });
    told.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(`${window.location.pathname}?${query}`);
      if (mine !== asked || !answer.ok) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const made = page.querySelector("[data-measures]");
      if (made) told.replaceChildren(...made.childNodes);
    } catch {
      // Without an answer the page can still be tried below, and sent.
    } finally {
      if (mine === asked) told.removeAttribute("aria-busy");
    }
  };
  // A day that is picked from the calendar is told by no event of the field's own, only by where the focus goes.
  for (const kind of ["input", "change", "focusin", "focusout"]) {
    form.addEventListener(kind, () => {
      clearTimeout(waiting);
      waiting = setTimeout(ask, 350);
    });
  }
})();
