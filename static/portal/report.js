"use strict";
// A draft's page: figures put in at the cursor, and what is typed kept every ten seconds, here while the line is down.
(() => {
  const form = document.querySelector("form[data-keep]");
  if (!form) return;
  const EVERY = 10000;
  const says = form.querySelector("[data-says]");
  const sections = [...form.querySelectorAll("[data-section]")].map((part) => ({
    number: part.dataset.section,
    boxes: [...part.querySelectorAll("textarea")],
    over: part.querySelector("[name^=over-]"),
    kept: part.querySelector("[name^=kept-]"),
    said: part.querySelector("[data-stale]"),
    elsewhere: part.querySelector("[data-elsewhere]"),
  }));
  const placeOf = (section) => `${form.dataset.place}:${section.number}`;
  const wordsOf = (section) => section.boxes.map((box) => box.value);
  const plain = (words) => words.replace(/\r\n?/g, "\n");
  const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);
  const tell = (words, wrong) => {
    says.textContent = words;
    says.classList.toggle("up-report__says--wrong", Boolean(wrong));
  };

  // Words that reached no server stay in this browser until one has them.
  const held = {
    put: (section) => localStorage.setItem(placeOf(section), JSON.stringify({ words: wordsOf(section), over: section.over.value })),
    get: (section) => JSON.parse(localStorage.getItem(placeOf(section)) || "null"),
    drop: (section) => localStorage.removeItem(placeOf(section)),
  };

  // What was sent and not answered yet, through a loading anew too: if it is what the server has, this window sent it.
  const MOST = 50;
  const tried = {
    place: (section) => `sent:${placeOf(section)}`,
    all: (section) => JSON.parse(sessionStorage.getItem(tried.place(section)) || "[]"),
    add: (section) => sessionStorage.setItem(tried.place(section), JSON.stringify([...tried.all(section), wordsOf(section)].slice(-MOST))),
    drop: (section) => sessionStorage.removeItem(tried.place(section)),
  };

  const seen = new Map();
  const restore = (section) => {
    const left = held.get(section);
    if (left && form.dataset.saved !== undefined && left.sent) held.drop(section);
    else if (left && !same(left.words, wordsOf(section))) {
      section.boxes.forEach((box, place) => { box.value = left.words[place]; });
      section.over.value = left.over;
      section.boxes.forEach((box) => box.dispatchEvent(new Event("input", { bubbles: true })));
      return true;
    } else if (left) held.drop(section);
    return false;
  };
  sections.forEach((section) => seen.set(section, wordsOf(section)));
  if (sections.filter(restore).length) tell("已恢复上次没有保存的文字；请核对后保存。");
  if (form.dataset.saved !== undefined) history.replaceState(null, "", location.pathname);

  const changed = () => sections.filter((section) => !same(seen.get(section), wordsOf(section)));

  // One at a time: what is kept is told by the answer, and the next is sent over it.
  let busy = false;
  const keep = async () => {
    if (busy) return;
    busy = true;
    try { await keepNow(); } finally { busy = false; }
  };
  const keepNow = async () => {
    const due = changed();
    if (!due.length) return;
    const sent = due.map(wordsOf);
    due.forEach(tried.add);
    const body = new FormData();
    for (const section of due) {
      for (const box of section.boxes) body.append(box.name, box.value);
      for (const hidden of [section.over, section.kept]) body.append(hidden.name, hidden.value);
    }
    const token = (document.cookie.match(/(?:^|; )csrftoken=([^;]+)/) || ["", ""])[1];
    let answer;
    try {
      answer = await fetch(form.dataset.keep, { method: "POST", body, redirect: "manual", headers: { "X-CSRFToken": token } });
    } catch {
      tell("网络连接中断：文字已暂存在本机浏览器，恢复后自动保存。", true);
      return;
    }
    if (answer.type === "opaqueredirect" || answer.status === 403) {
      tell("登录已过期：文字已暂存在本机浏览器，请在新窗口重新登录，本页随后自动保存。", true);
      return;
    }
    if (!answer.ok) {
      tell(answer.status === 422 ? (await answer.json()).refusal : "自动保存没有成功：文字已暂存在本机浏览器，稍后再试。", true);
      return;
    }
    const told = await answer.json();
    const own = due.filter((section) => {
      const [mark, words] = told.instead[section.number] || [];
      if (!mark || !tried.all(section).some((one) => same(one.map(plain), words))) return false;
      section.kept.value = mark;
      return true;
    });
    if (own.length) return keepNow();
    due.forEach((section, place) => {
      tried.drop(section);
      section.said.hidden = !told.stale.includes(Number(section.number));
      section.elsewhere.hidden = !told.elsewhere.includes(Number(section.number));
      if (!section.elsewhere.hidden) return;
      seen.set(section, sent[place]);
      section.kept.value = told.kept[section.number];
      if (same(sent[place], wordsOf(section))) held.drop(section);
    });
    if (told.elsewhere.length) return tell("有文字没有自动保存：同一节正在另一个窗口中写。", true);
    tell(`已自动保存 ${told.at}（尚未写入报告，完成后请点“保存文字”）`);
  };
  setInterval(keep, EVERY);
  document.addEventListener("visibilitychange", () => { if (document.hidden) keep(); });
  window.addEventListener("online", keep);
  form.addEventListener("input", (event) => {
    const section = sections.find((one) => one.boxes.includes(event.target));
    if (section) held.put(section);
  });
  form.addEventListener("submit", () => {
    for (const section of sections) {
      const left = held.get(section);
      if (left) localStorage.setItem(placeOf(section), JSON.stringify({ ...left, sent: true }));
    }
  });

  // Once the sign-in is over the door answers instead of the page: it is not shown as what the words read.
  document.addEventListener("htmx:beforeSwap", (event) => {
    if (!/\/(reading|figures)\//.test(event.detail.xhr.responseURL)) event.detail.shouldSwap = false;
  });

  // The figures to put in, found by their names.
  const dialog = document.querySelector("dialog[data-figures]");
  const search = dialog.querySelector("input[type=search]");
  let box = null;
  const put = (quote) => {
    box.focus();
    box.setRangeText(quote, box.selectionStart, box.selectionEnd, "end");
    box.dispatchEvent(new Event("input", { bubbles: true }));
  };
  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-insert]");
    if (opener) {
      event.preventDefault();
      box = document.getElementById(opener.dataset.insert);
      dialog.showModal();
      search.select();
      return;
    }
    const chosen = event.target.closest("[data-quote]");
    if (chosen && box) {
      dialog.close();
      put(chosen.dataset.quote);
    }
    if (event.target.closest("[data-close]")) dialog.close();
    const start = event.target.closest("[data-starter]");
    if (start) {
      box = document.getElementById(start.dataset.starter);
      put(start.closest("[data-section]").querySelector("[data-starter-text]").textContent.trim());
    }
  });
  dialog.addEventListener("close", () => { if (box) box.focus(); });
  search.addEventListener("keydown", (event) => {
    // Enter leads to the first that was found; Escape closes at once instead of emptying the field first.
    if (event.key !== "Enter" && event.key !== "Escape") return;
    event.preventDefault();
    if (event.key === "Escape") dialog.close();
    else dialog.querySelector("[data-quote]")?.focus();
  });
})();
