"""What a page is looked at for: the rules of axe-core, the width of a phone, and words that are not Chinese."""

import re
from typing import Any

from axe_core_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.journeys.browsing import Window

SEVERE = {"serious", "critical"}
# Names, formats and codes that are written so in Chinese too.
SPOKEN = {"PDF", "Excel", "xlsx", "csv", "Word", "TOTP", "QR", "OK", "ID", "GBK", "CSV", "XLSX", "A", "B", "Ctrl", "K"}
# The links beside every page of the desk: two hundred, which take most of the time that a page is judged.
BESIDE = "#nav-sidebar"
# A rule none of whose checks can weigh enough is not run: what it finds would be left out below.
_JUDGE = """async ({context, severe}) => {
    const {rules, data: {checks}} = axe._audit;
    const weighs = one => severe.includes(one.impact) ||
        [...one.any, ...one.all, ...one.none].some(check => severe.includes(checks[check.id ?? check].impact));
    const left = rules.filter(one => one.enabled && !weighs(one)).map(one => [one.id, {enabled: false}]);
    const {violations} = await axe.run(context, {
        resultTypes: ["violations"], preload: Boolean(context.include), rules: Object.fromEntries(left),
    });
    return {violations};
}"""
# The theme's glyphs stand beside words that say the same, and its scroll areas are named by its script, in English.
_ICON = "material-symbols-outlined"
_TEXTS = """() => {
    const found = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const parent = walker.currentNode.parentElement;
        if (!parent || parent.closest("script, style, template, code, [lang=en], .material-symbols-outlined")) continue;
        if (parent.checkVisibility && !parent.checkVisibility()) continue;
        found.push(walker.currentNode.textContent.trim());
    }
    for (const name of ["placeholder", "aria-label", "title", "alt"])
        for (const element of document.querySelectorAll(`[${name}]:not(.simplebar-content-wrapper)`))
            if (element.checkVisibility()) found.push(element.getAttribute(name).trim());
    found.push(document.title);
    return found.filter(Boolean);
}"""


def violations(page: Page, *, leaving: str = "") -> list[str]:
    """Return the serious and critical violations as rule and place, but for what lies in the part that is left out."""
    page.evaluate(Axe().axe_script)
    context = {"exclude": [leaving]} if leaving else {"include": ["html"]}
    found: dict[str, Any] = page.evaluate(_JUDGE, {"context": context, "severe": sorted(SEVERE)})
    return [
        f"{one['id']} {node['target']} {node['html'][:160]}"
        for one in found["violations"]
        if one["impact"] in SEVERE
        for node in one["nodes"]
        if not (one["id"] == "color-contrast" and _ICON in node["html"])
    ]


def overflow(page: Page) -> int:
    """Return by how many pixels the page is wider than its window."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


def foreign(page: Page) -> list[str]:
    """Return visible texts that consist of English words only."""
    texts: list[str] = page.evaluate(_TEXTS)
    return [said for said in texts if said.isascii() and _words(said) - SPOKEN]


def faults_of(window: Window, addresses: list[str]) -> list[str]:
    """Open the pages and collect what is wrong with them."""
    page = window.page()
    found: list[str] = []
    for number, address in enumerate(addresses):
        page.goto(window.base + address)
        where = re.sub(r"\d+", "n", address)
        if (wider := overflow(page)) > 0:
            found.append(f"{where}: {wider} px wider than the window")
        found += [f"{where}: English: {said}" for said in foreign(page)]
        if number:  # they are the same on every page: the first is enough, and what lies there costs though left out
            page.evaluate("beside => document.querySelector(beside)?.remove()", BESIDE)
        found += [f"{where}: {fault}" for fault in violations(page, leaving=BESIDE if number else "")]
    return found


def _words(said: str) -> set[str]:
    """Return the words, leaving codes with digits (staff numbers, addresses) aside."""
    return {word for word in re.findall(r"[^\s·:/,.()\[\]]+", said) if re.fullmatch(r"[A-Za-z][A-Za-z'-]+", word)}
