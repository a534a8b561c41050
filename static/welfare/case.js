"use strict";
// Asks the rules anew while a case is told: what they propose, the cap and what is used of it, what will follow.
(() => {
  const page = document.querySelector("[data-case]");
  if (!page) return;
  const proposal = page.querySelector("[data-proposal]");
  // What decides which benefit, form and cap are shown; of a figure only the figures beside it change.
  const FACTS = new Set(["person", "kind", "relation", "occurred_on", "ended_on", "granted_on", "variant", "benefit", "form", "same_as"]);
  let asked = 0;
  let waiting = 0;

  const ask = async (whole) => {
    const mine = (asked += 1);
    const sent = new FormData(page);
    // Files are sent with the page itself.
    for (const [name, value] of [...sent.entries()]) if (value instanceof File) sent.delete(name);
    proposal.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(page.action, { method: "POST", body: sent, headers: { "X-Part": "proposal" } });
      if (mine !== asked || answer.redirected || !(answer.ok || answer.status === 422)) return;
      const made = document.createElement("div");
      made.innerHTML = await answer.text();
      if (whole || !proposal.querySelector("[data-figures]") || !made.querySelector("[data-figures]")) {
        const kept = page.querySelector("[name=reason]");
        const words = kept ? [kept.value, page.querySelector("[name=document]").value] : null;
        proposal.replaceChildren(...made.childNodes);
        const reason = page.querySelector("[name=reason]");
        if (words && reason) [reason.value, page.querySelector("[name=document]").value] = words;
      } else {
        proposal.querySelector("[data-figures]").replaceWith(made.querySelector("[data-figures]"));
        proposal.querySelector("[data-answers]").hidden = made.querySelector("[data-answers]").hidden;
      }
      page.classList.toggle("up-round--grave", Boolean(proposal.querySelector("[data-grave]")));
    } catch {
      // Without an answer the page can still be checked and sent.
    } finally {
      if (mine === asked) proposal.removeAttribute("aria-busy");
    }
  };

  const later = (whole, pause) => {
    clearTimeout(waiting);
    waiting = setTimeout(() => ask(whole), pause);
  };

  // What happens to people themselves is theirs until somebody says otherwise; whose death it was is asked.
  page.addEventListener("change", (event) => {
    const whose = page.querySelector("[name=relation]");
    if (event.target.name === "kind" && !whose.value && event.target.value !== "death") whose.value = "self";
  });
  page.addEventListener("change", (event) => { if (FACTS.has(event.target.name)) later(true, 50); });
  page.addEventListener("input", (event) => { if (event.target.name === "amount") later(false, 350); });
  // The theme's picker tells of a choice by its own library's events only.
  const $ = window.django && window.django.jQuery;
  if ($) $(page).on("select2:select select2:clear", "select", () => later(true, 50));
  // A page that came back with refusals keeps them beside their fields.
  // Whoever asks for himself is not asked who it is for.
  const who = page.querySelector("[name=person]");
  const told = (!who || who.value) && page.querySelector("[name=kind]:checked");
  if (told && !page.querySelector(".up-errors")) later(true, 0);
})();
