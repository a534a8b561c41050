"""What the pages of collecting share: who records, in which round, and the frame of the desk."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from union_portal.accounts.models import User
from union_portal.accounts.requests import staff_of
from welfare.benefits.enums import Form
from welfare.grants.models import Round


def collector(request: HttpRequest) -> User:
    """Return who is at the desk and records collections."""
    user = staff_of(request)
    if not user.has_perm("welfare.collect_grant"):
        raise PermissionDenied
    return user


def round_of(pk: int) -> Round:
    """Return the round of goods or coupons; cash is paid, not collected."""
    rounds = Round.objects.select_related("benefit", "occasion").exclude(benefit__form=Form.CASH)
    found: Round | None = rounds.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def at_desk(
    request: HttpRequest, template: str, context: dict[str, Any], *, title: str, status: int = 200
) -> HttpResponse:
    """Lay the page out in the desk's frame."""
    return render(request, template, {**admin.site.each_context(request), "title": title, **context}, status=status)
