"use strict";
// Shows what was chosen before it is sent: name, size and picture; one too large is named at once; 移除 takes it back.
(() => {
  const LABELS = [["image/", "图片"], ["application/pdf", "PDF 文件"]];

  const sizeOf = (bytes) => (bytes < 1048576 ? `${Math.max(1, Math.round(bytes / 1024))} KB` : `${(bytes / 1048576).toFixed(1)} MB`);

  const element = (tag, name, text) => {
    const made = document.createElement(tag);
    made.className = name;
    if (text) made.textContent = text;
    return made;
  };

  const without = (input, place) => {
    const kept = new DataTransfer();
    [...input.files].forEach((file, number) => { if (number !== place) kept.items.add(file); });
    input.files = kept.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
    input.focus();
  };

  const row = (input, file, place, largest) => {
    const item = element("li", "up-upload__paper");
    item.dataset.chosen = "";
    const picture = element(file.type.startsWith("image/") ? "img" : "span", "up-upload__picture");
    if (picture.tagName === "IMG") {
      picture.alt = "";
      const reader = new FileReader();
      reader.addEventListener("load", () => { picture.src = reader.result; });
      // What the browser cannot draw (HEIC) stays an empty frame.
      picture.addEventListener("error", () => picture.replaceWith(element("span", "up-upload__picture")));
      if (!(file.size > largest)) reader.readAsDataURL(file);
    } else {
      picture.setAttribute("aria-hidden", "true");
    }
    const what = element("span", "up-upload__what", file.name);
    const label = (LABELS.find(([start]) => file.type.startsWith(start)) || ["", "文件"])[1];
    what.append(element("span", "up-upload__size", `${label} · ${sizeOf(file.size)}`));
    if (file.size > largest) {
      item.classList.add("up-upload__paper--wrong");
      what.append(element("span", "up-upload__wrong", `超过 ${Math.round(largest / 1048576)} MB，请压缩后再传。`));
    }
    const remove = element("button", "up-button up-button--plain", "移除");
    remove.type = "button";
    remove.setAttribute("aria-label", `移除“${file.name}”`);
    remove.addEventListener("click", () => without(input, place));
    item.append(picture, what, remove);
    return item;
  };

  const show = (input) => {
    const part = input.closest("[data-upload]");
    const list = part.querySelector(".up-upload__papers");
    list.querySelectorAll("[data-chosen]").forEach((item) => item.remove());
    // One new file takes the place of the one that is there.
    for (const item of list.children) item.hidden = input.files.length > 0 && !input.multiple;
    [...input.files].forEach((file, place) => list.append(row(input, file, place, Number(part.dataset.largest))));
  };

  const INPUTS = '[data-upload] input[type="file"]';
  document.addEventListener("change", (event) => { if (event.target.matches(INPUTS)) show(event.target); });
  // The desk's theme listens to every field for files and looks for the parts of its own; this mark keeps it away.
  const mark = () => document.querySelectorAll(INPUTS).forEach((input) => {
    input.hasChangeListener = true;
    // The browser need not tell, in its own language, what the list tells.
    input.closest("[data-upload]").dataset.shows = "";
  });
  new MutationObserver(mark).observe(document.documentElement, { childList: true, subtree: true });
  // What the browser remembers of a page that was left.
  addEventListener("pageshow", () => document.querySelectorAll(INPUTS).forEach(show));
})();
