"""What the journeys share: a browser window that watches itself, people signed in, the second factor's code."""

import time
from dataclasses import dataclass, field
from typing import Any

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Response, expect

from union_portal.accounts.models import User

PHONE = {"width": 390, "height": 844}
DESK = {"width": 1440, "height": 900}
PATIENCE = 30_000  # milliseconds; the machine may be busy
expect.set_options(timeout=PATIENCE)
# A page that answers 403, 404 or 422 on purpose is reported by the browser too; what a page lacks is watched below.
_PAGE_STATUS = "Failed to load resource"


@dataclass
class Window:
    """One person's browser: pages, and everything the browser complained about on them."""

    context: BrowserContext
    base: str
    complaints: list[str] = field(default_factory=list)

    def page(self) -> Page:
        """Open a tab that is watched for script errors, refused styles and scripts, and missing files."""
        page = self.context.new_page()
        page.set_default_timeout(PATIENCE)
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.complaints.append(f"{page.url}: {error}"))
        page.on("response", self._response)
        return page

    def open(self, address: str) -> Page:
        """Open a tab at an address of the portal."""
        page = self.page()
        page.goto(self.base + address)
        return page

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not message.text.startswith(_PAGE_STATUS):
            self.complaints.append(f"{message.location.get('url')}: {message.text}")

    def _response(self, response: Response) -> None:
        if response.status >= 400 and response.request.resource_type != "document":
            self.complaints.append(f"{response.status} {response.url}")


@dataclass
class Browsers:
    """Opens windows; at the end of the journey none may have complained."""

    browser: Browser
    base: str
    windows: list[Window] = field(default_factory=list)

    def window(
        self, *, user: User | None = None, size: dict[str, int] | None = None, javascript: bool = True
    ) -> Window:
        """Open a window of this size (the desk's unless said otherwise), signed in if there is a user."""
        options: dict[str, Any] = {"viewport": size or DESK, "locale": "en-US", "java_script_enabled": javascript}
        # The English locale shows that the browser's language is not asked.
        context = self.browser.new_context(**options)
        if user is not None:
            context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": _session(user), "url": self.base}])
        window = Window(context, self.base)
        self.windows.append(window)
        return window


def _session(user: User) -> str:
    client = Client()
    client.force_login(user)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def code_of(secret: str) -> str:
    """Compute the six digits that the phone shows now."""
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30)))


def step(page: Page, button: str) -> None:
    """Press a button or link by its name."""
    page.locator("a.up-button, button.up-button").filter(has_text=button).first.click()


def text(page: Page) -> str:
    """Return what the page's main part says."""
    return page.locator("main, #main, #content").first.inner_text()
