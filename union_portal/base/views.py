"""What pages of every app share."""

import sys
from typing import Any

from django.core.files import File
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseServerError
from django.template.loader import render_to_string
from django.utils.http import content_disposition_header

from union_portal.base.storage import FULL, is_full

_AWAY = "数据库没有响应。没有保存任何未完成的内容，请几分钟后重试；如仍出现，请把下面的编号告诉管理员。"
_RETRY_SECONDS = "60"


class Elsewhere(Http404):
    """A row of the desk that the account does not see, or that is none: one answer, so that nothing is told apart."""


def server_error(request: HttpRequest) -> HttpResponse:
    """Show the page of a fault with the request's number, without asking database or session.

    A database that is away and a full disk are no fault of the page: it says what is missing, with 503.
    """
    error, context = sys.exc_info()[1], {"request_id": getattr(request, "request_id", "")}
    if isinstance(error, (OperationalError, InterfaceError)):
        return _missing(context, title="系统暂时不能使用", lead=_AWAY)
    if is_full(error):
        return _missing(context, title="服务器存储空间不足", lead=FULL)
    return HttpResponseServerError(render_to_string("500.html", context))


def _missing(context: dict[str, str], **words: str) -> HttpResponse:
    page = render_to_string("503.html", context | words)
    return HttpResponse(page, status=503, headers={"Retry-After": _RETRY_SECONDS})


def opened(kept: Any) -> File[bytes]:
    """Open a stored file to be sent; one that is gone from the disk is a page not found, never a broken one."""
    try:
        content: File[bytes] = kept.open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    return content


def as_pdf(content: bytes, *, name: str) -> HttpResponse:
    """Show a finished paper in the browser, under a name by which whoever keeps it knows it again."""
    shown = str(content_disposition_header(as_attachment=False, filename=f"{name}.pdf"))
    return HttpResponse(content, content_type="application/pdf", headers={"Content-Disposition": shown})
