"""Asking an address whether it opens to an account: at the door, where the page itself need not be laid out."""

import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, nullcontext
from functools import lru_cache
from typing import Any
from unittest.mock import patch

from django.contrib import admin
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.sessions.backends.signed_cookies import SessionStore
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import FileResponse, Http404
from django.template import loader
from django.test import Client, RequestFactory
from django.urls import ResolverMatch, resolve, reverse

from union_portal.accounts.models import User
from union_portal.base.admin import PortalModelAdmin
from union_portal.base.paper import rendering


class Opened(Exception):
    """Whoever asked was let in: from here on the view lays its page out."""


@contextmanager
def at_the_door() -> Iterator[None]:
    """Let the views end where their pages begin, which is after they asked who may.

    The desk's pages begin with what every page of it shows, its lists with their rows, its forms with their fields; the
    other pages with their template, papers with the layout. Were one to ask later, it would be found open to everybody.
    """
    with ExitStack() as doors:
        # The buttons above a page are offered before it asks; they open nothing.
        for offered in ("get_actions_detail", "get_actions_list", "get_actions_row"):
            doors.enter_context(patch.object(PortalModelAdmin, offered, return_value=[]))
        doors.enter_context(patch.object(admin.site.__class__, "each_context", side_effect=Opened))
        doors.enter_context(patch.object(admin.ModelAdmin, "get_changelist_instance", side_effect=Opened))
        doors.enter_context(patch.object(admin.ModelAdmin, "get_fieldsets", side_effect=Opened))
        doors.enter_context(patch.object(loader, "render_to_string", return_value=""))
        doors.enter_context(patch.object(rendering, "render", side_effect=Opened))
        yield


def answer(user: User, method: str, address: str, sent: dict[str, Any] | None = None) -> int:
    """Return the status with which the view answers; what it would change is taken back."""
    request = getattr(RequestFactory(), method)(address, sent or {})
    request.user, request.session = user, SessionStore()
    request._messages = CookieStorage(request)
    request._dont_enforce_csrf_checks = True
    match = request.resolver_match = _leading(request.path)
    try:
        with transaction.atomic() if method == "post" else nullcontext():
            response = match.func(request, *match.args, **match.kwargs)
            if isinstance(response, FileResponse) and response.file_to_stream is not None:
                response.file_to_stream.close()
            if method == "post":
                transaction.set_rollback(True)
    except Opened:
        return 200
    except PermissionDenied:
        return 403
    except Http404:
        return 404
    return _met(user, method, response)


@lru_cache(maxsize=64)
def _leading(path: str) -> ResolverMatch:
    """Return where the path leads; every role is led the same way."""
    return resolve(path)


def _met(user: User, method: str, response: Any) -> int:
    """Return the status of an answer: sent to the door is shut, sent elsewhere at the desk is what is met there."""
    place = response.get("Location", "")
    if place.startswith(("/admin/login", "/accounts/login")):
        return 403
    if method == "get" and place == reverse("admin:index"):  # what the account may not see, or nobody
        return 404
    led_on = method == "get" and place.startswith("/admin/")
    return answer(user, "get", place) if led_on else int(response.status_code)


_ASKED = re.compile(r"<(?:input|select|textarea)\b[^>]*\srequired(?=[\s=>])[^>]*>")
_ID = re.compile(r'\sid="([^"]+)"')
_LABEL = re.compile(r'<label\b[^>]*\sfor="([^"]+)"[^>]*>(.*?)</label>', re.DOTALL)


def unmarked(page: Any) -> list[str]:
    """Return the labels of the fields that must be filled in and do not say so by their star."""
    text = page.content.decode()
    asked = [tag for tag in _ASKED.findall(text) if 'type="radio"' not in tag]
    labels: dict[str, str] = {}
    for key, words in _LABEL.findall(text):  # the button of a field for files is a label of its too
        labels[key] = labels.get(key, "") + words
    keys = {found[1] for tag in asked if (found := _ID.search(tag))}
    return [labels[key].strip() for key in keys & labels.keys() if "*" not in labels[key]]


def shown(client: Client, address: str, method: str = "get", sent: dict[str, Any] | None = None) -> int:
    """Return the status of the page made whole, behind whatever it leads to; what must be filled in is marked there."""
    response = getattr(client, method)(address, sent or {}, follow=True)
    if response.streaming:
        response.getvalue()
    elif response["Content-Type"].startswith("text/html"):
        assert unmarked(response) == [], address
    return int(response.status_code)
