// Ticks all or none without asking the server, and says how many are ticked.
for (const form of document.querySelectorAll("form[data-ticks]")) {
  const boxes = [...form.querySelectorAll("input[name=grant]")];
  const told = form.querySelector("[data-tick-count]");
  const count = () => {
    if (told) told.textContent = `已勾选 ${boxes.filter((box) => box.checked).length} / ${boxes.length} 人`;
  };
  const set = (link, checked) => link?.addEventListener("click", (event) => {
    event.preventDefault();
    for (const box of boxes) box.checked = checked;
    count();
  });
  set(form.querySelector("[data-tick-all]"), true);
  set(form.querySelector("[data-tick-none]"), false);
  form.addEventListener("change", count);
  count();
}
