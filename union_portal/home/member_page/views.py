"""The member's pages: what came, what is due to me, until when; the years before; my data."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from members.people.models import Person
from union_portal.accounts.requests import account_of, without_second_factor
from union_portal.base.asked import keys_in
from union_portal.base.portal import MemberItem, Standing
from union_portal.home.member_page import portal as member_page_portal


def _standing(items: list[MemberItem], standing: Standing) -> list[MemberItem]:
    """Return the lines of one standing; what must be done by a day first, the earliest at the top."""
    chosen = [item for item in items if item.standing is standing]
    return sorted(chosen, key=lambda item: item.until or dt.date.max)


@without_second_factor
@never_cache
def start(request: HttpRequest) -> HttpResponseBase:
    """Answer three questions: what came, what is due to me, until when.

    The account that sets the portal up is nobody's: it goes to the desk, where its work is.
    """
    user, today = account_of(request), timezone.localdate()
    if user.is_superuser and not Person.objects.filter(user=user).exists():
        response: HttpResponseBase = redirect("admin:index")
        return response
    items = member_page_portal.member_items(user, years=1)
    this_year = [item for item in _standing(items, Standing.CAME) if item.on.year == today.year]
    context = {
        "today": today,
        "due": _standing(items, Standing.DUE),
        "holds": _standing(items, Standing.HOLDS),
        "came": this_year[:5],
        # An answer or a sitting is news, no benefit: those alone have a form.
        "times": sum(bool(item.form) for item in this_year),
        "amount": sum((item.amount for item in this_year if item.amount is not None), Decimal(0)),
    }
    return render(request, "home/member_page/start.html", context)


@without_second_factor
@never_cache
def benefits(request: HttpRequest) -> HttpResponse:
    """Show one year of benefits by date, form and amount, and apart from them what else the year brought."""
    items = member_page_portal.member_items(account_of(request))
    years = sorted({item.on.year for item in items} | {timezone.localdate().year}, reverse=True)
    asked = request.GET.get("year", "")
    year = next((year for year in keys_in([asked]) if year in years), years[0])
    shown = [item for item in items if item.on.year == year]
    context: dict[str, Any] = {
        "years": years,
        "year": year,
        # An answer or a sitting is no benefit: those alone have a form.
        "benefits": [item for item in shown if item.form],
        "others": [item for item in shown if not item.form],
        "amount": sum(
            (item.amount for item in shown if item.amount is not None and item.standing is Standing.CAME), Decimal(0)
        ),
    }
    return render(request, "home/member_page/benefits.html", context)


@without_second_factor
@never_cache
def me(request: HttpRequest) -> HttpResponse:
    """Show one's own data, masked, and what one can do with the account."""
    user = account_of(request)
    context = {"facts": member_page_portal.member_facts(user), "papers": list(member_page_portal.member_papers(user))}
    return render(request, "home/member_page/me.html", context)
