"""The browser of the journeys: Debian's chromium without a window; without it they fail, they never skip."""

import os
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandlerMixin
from django.core.cache import cache
from django.http import HttpRequest, HttpResponseBase
from playwright.sync_api import Browser, sync_playwright

from tests.journeys.browsing import Browsers

CHROMIUM = "/usr/bin/chromium-headless-shell"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Start chromium once for all journeys; closed after them, since its event loop would be in others' way."""
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    # Playwright runs an event loop in this thread; the journeys themselves are synchronous.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    try:
        with sync_playwright() as playwright:
            started = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
            yield started
            started.close()
    finally:
        if before is None:
            del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]
        else:
            os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = before


@pytest.fixture(autouse=True)
def kept_static_files(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the browser keep static files from page to page, as a served portal does."""
    found = StaticFilesHandlerMixin.serve

    def serve(handler: StaticFilesHandlerMixin, request: HttpRequest) -> HttpResponseBase:
        response = found(handler, request)
        response["Cache-Control"] = "max-age=3600"
        return response

    monkeypatch.setattr(StaticFilesHandlerMixin, "serve", serve)


@pytest.fixture
def browsers(browser: Browser, live_server: Any) -> Iterator[Browsers]:
    """Open windows on the running portal; whatever a browser complained about fails the journey."""
    cache.clear()
    opened = Browsers(browser, live_server.url)
    yield opened
    for window in opened.windows:
        window.context.close()
    complaints = [complaint for window in opened.windows for complaint in window.complaints]
    assert not complaints, complaints


@pytest.fixture
def one_factor(settings: Any) -> None:
    """Let staff in without the second factor; the journey of signing in shows that it is asked."""
    settings.PORTAL_STAFF_TOTP = False
