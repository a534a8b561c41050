"""A number for each request; pages in fewer bytes; the desk's content policy; addresses nobody types."""

import logging
import re
import secrets
from collections.abc import Callable

from csp.constants import SELF, UNSAFE_EVAL, UNSAFE_INLINE
from django.conf import settings
from django.core.exceptions import BadRequest, ValidationError
from django.db import DataError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.shortcuts import render
from django.utils.datastructures import MultiValueDictKeyError

from union_portal.base.errors import DomainError
from union_portal.base.logs import GIVEN, REQUEST
from union_portal.base.views import Elsewhere

logger = logging.getLogger(__name__)
_GARBAGE = (DataError, OverflowError, ValidationError, MultiValueDictKeyError)
# Django's words for a key that is none.
_NO_KEY = re.compile(r"Field '\w+' expected (a|an|one of|some) ")


class RequestNumberMiddleware:
    """Give each request a number: in the log, in the answer's header, on the page of a fault."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Take the number that a trusted proxy gave, else a new one."""
        given = request.headers.get("X-Request-ID", "") if settings.PORTAL_TRUSTED_PROXIES else ""
        number = given if GIVEN.fullmatch(given) else secrets.token_hex(8)
        request.request_id = number  # type: ignore[attr-defined]
        token = REQUEST.set(request)
        try:
            response = self.get_response(request)
        finally:
            REQUEST.reset(token)
        response["X-Request-ID"] = number
        return response


class CompressedPagesMiddleware(GZipMiddleware):
    """Compress pages, which Django pads against guessing by length; papers and pictures are compressed already."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Compress what is a page and neither a file nor sent while it is made."""
        if not isinstance(response, HttpResponse) or not response.headers.get("Content-Type", "").startswith(
            "text/html"
        ):
            return response
        return super().process_response(request, response)


class DeskPolicyMiddleware:
    """Relax the content security policy under /admin/ only, for the desk's theme sets inline styles."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Mark the answer for the policy middleware outside."""
        response = self.get_response(request)
        if request.path.startswith("/admin/"):
            response._csp_update = {"script-src": [SELF, UNSAFE_EVAL], "style-src": [SELF, UNSAFE_INLINE]}  # type: ignore[attr-defined]  # noqa: SLF001
        return response


class RefusalMiddleware:
    """Answer in words what a view refuses by raising, and what no form of ours would send.

    A refusal that a page does not show itself stands on a page of its own. A field that is missing, a key that is none
    and a value that no column holds are a request that cannot be understood; the log has it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponseBase | None:
        """Return the page; nothing for a fault of ours."""
        if isinstance(error, Elsewhere):
            confined = bool(getattr(request.user, "is_confined", False))
            return render(request, "404.html", {"confined": confined}, status=404)
        if isinstance(error, DomainError):
            return render(request, "422.html", {"refusal": str(error)}, status=422)
        if isinstance(error, _GARBAGE) or _NO_KEY.match(str(error)):
            logger.warning("a request that cannot be understood", exc_info=error)
            return render(request, "400.html", status=400)
        return None


class NoNullMiddleware:
    """Refuse an address with a null character as a bad request: the database keeps none, and no person types one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Look at path and query before any view searches for them."""
        if "\x00" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
            raise BadRequest
        return self.get_response(request)
