"""One person's browser that counts what its person does: pages, clicks, fields, seconds."""

import base64
import hashlib
import hmac
import struct
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, ConsoleMessage, Locator, Page

DESK = {"width": 1440, "height": 900}
PATIENCE = 60_000  # milliseconds
_STEP, _DIGITS = 30, 6


@dataclass
class Part:
    """A part of the day and what it took."""

    name: str
    seconds: float = 0.0
    pages: int = 0
    clicks: int = 0
    fields: int = 0


@dataclass
class Day:
    """The parts of the day in their order, and what the browsers complained about."""

    base: str
    browser: Browser
    pictures: Path | None = None
    parts: list[Part] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    secrets: dict[str, str] = field(default_factory=dict)

    @contextmanager
    def part(self, name: str) -> Iterator[None]:
        """Count what follows under this name."""
        self.parts.append(Part(name))
        began = time.monotonic()
        yield
        self.parts[-1].seconds = time.monotonic() - began

    def person(self) -> "Hands":
        """Open a browser window of somebody's own."""
        # The certificate may be one that the set-up made itself.
        context = self.browser.new_context(
            viewport=DESK, locale="zh-CN", timezone_id="Asia/Shanghai", ignore_https_errors=True
        )  # type: ignore[arg-type]
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.on("console", lambda message: self._console(page, message))
        page.on("pageerror", lambda error: self.complaints.append(f"{page.url}: {error}"))
        page.on("load", lambda _page: self._count("pages"))
        return Hands(self, page)

    def _console(self, page: Page, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.complaints.append(f"{page.url}: {message.text}")

    def _count(self, what: str) -> None:
        if self.parts:
            setattr(self.parts[-1], what, getattr(self.parts[-1], what) + 1)


@dataclass
class Hands:
    """What one person does in the own window."""

    day: Day
    page: Page

    def open(self, address: str) -> None:
        """Type an address: only the first one is."""
        self.page.goto(self.day.base + address)

    def click(self, what: Locator | str) -> None:
        """Press a button or link, by its name or as found."""
        found = self._named(what) if isinstance(what, str) else what
        found.click()
        self.day._count("clicks")  # noqa: SLF001
        self.page.wait_for_load_state()

    def _named(self, name: str) -> Locator:
        return self.page.locator("a, button, input[type=submit]").filter(has_text=name, visible=True).first

    def fill(self, **told: str) -> None:
        """Fill fields in, by their names."""
        for name, value in told.items():
            self.page.locator(f"[name={name}]").first.fill(value)
            self.day._count("fields")  # noqa: SLF001

    def tick(self, label: str) -> None:
        """Tick a box or choose a round one."""
        self.page.get_by_label(label, exact=True).check()
        self.day._count("clicks")  # noqa: SLF001

    def find(self, field_name: str, words: str) -> None:
        """Type into a field that searches, and take what it finds."""
        row = self.page.locator(f".field-{field_name}, .form-row, form").filter(
            has=self.page.locator(f"#id_{field_name}")
        )
        row.last.locator(".select2-selection").first.click()
        self.page.locator(".select2-search__field").last.fill(words)
        self.page.locator(".select2-results__option", has_text=words).first.click()
        self.day._count("fields")  # noqa: SLF001

    def download(self, name: Locator) -> Path:
        """Take a file from the portal."""
        with self.page.expect_download() as got:
            name.click()
        self.day._count("clicks")  # noqa: SLF001
        return Path(got.value.path())

    def send(self, file: Path | dict[str, Any]) -> None:
        """Choose a file of one's own."""
        self.page.locator("[name=file]").set_input_files(file)  # type: ignore[arg-type]
        self.day._count("clicks")  # noqa: SLF001

    def see(self, words: str) -> None:
        """Wait until the page says so."""
        self.page.get_by_text(words).first.wait_for()

    def text(self) -> str:
        """Return what the page says."""
        return self.page.locator("#content, main, body").first.inner_text()

    def picture(self, name: str) -> None:
        """Keep a picture of the page, if pictures are asked for."""
        if self.day.pictures is not None:
            self.page.screenshot(path=self.day.pictures / f"{len(self.day.parts):02d}-{name}.png", full_page=True)


def code_of(secret: str) -> str:
    """Return the six digits that the phone shows now."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    digest = hmac.new(key, struct.pack(">Q", int(time.time()) // _STEP), hashlib.sha1).digest()
    start = digest[-1] & 15
    number = struct.unpack(">I", digest[start : start + 4])[0] & 0x7FFFFFFF
    return f"{number % 10**_DIGITS:0{_DIGITS}d}"


def act(hands: Hands, button: str, **told: str) -> None:
    """Press a step, fill in what it asks, and confirm what it says will happen."""
    hands.click(button)
    hands.page.locator("form.up-action").wait_for()
    hands.fill(**told)
    for box in hands.page.locator("form.up-action input[type=checkbox][required]").all():
        box.check()
        hands.day._count("clicks")  # noqa: SLF001
    hands.click(hands.page.locator("form.up-action button.up-button--primary"))
    hands.page.locator("form.up-action").wait_for(state="detached")


def from_desk(hands: Hands, words: str) -> None:
    """Open what waits on the desk."""
    hands.open("/admin/")
    hands.click(hands.page.locator(".up-item", has_text=words).first)
