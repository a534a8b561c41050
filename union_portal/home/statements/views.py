"""Benefit statements on the screen and as PDF: the own one, and a person's for staff."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from members.people.models import Person
from union_portal.accounts.enums import Access, DataClass
from union_portal.accounts.models import User
from union_portal.accounts.requests import account_of, staff_of, without_second_factor
from union_portal.accounts.services import log_access
from union_portal.accounts.views import give_made
from union_portal.base import making
from union_portal.base.models.papers import PaperState
from welfare.grants.models import Grant
from welfare.statement.models import StatementPaper
from welfare.statement.services.lines import SHOWN, Statement, statement, total
from welfare.statement.services.papers import ask_for_statement

VIEW = "welfare.view_grant"


@require_GET
@without_second_factor
@never_cache
def own(request: HttpRequest) -> HttpResponse:
    """Show the account owner's statement, of one year or all."""
    user = account_of(request)
    person = Person.objects.filter(user=user).first()
    if person is None:
        return render(request, "home/statements/own.html", {"person": None})
    context = _context(person=person, user=user, asked=request.GET.get("year", ""))
    context["files"] = [
        {"paper": paper, "address": reverse("home:statement_file", args=[paper.pk])} for paper in context["papers"]
    ]
    return render(request, "home/statements/own.html", context | {"ask": reverse("home:statement_ask")})


@require_POST
@without_second_factor
def ask_own(request: HttpRequest) -> HttpResponseBase:
    """Let the worker make the PDF of the owner's statement."""
    user = account_of(request)
    _ask(person=get_object_or_404(Person, user=user), user=user, asked=request.POST.get("year", ""))
    return redirect(f"{reverse('home:statement')}?year={_digits(request.POST.get('year', ''))}")


@require_GET
@without_second_factor
@never_cache
def own_file(request: HttpRequest, pk: int) -> FileResponse:
    """Give the owner the finished PDF; nobody else's, logged."""
    user = account_of(request)
    return _file(request, get_object_or_404(StatementPaper, pk=pk, person__user=user, requested_by=user))


@require_GET
@never_cache
def of_person(request: HttpRequest, person_id: int) -> HttpResponseBase:
    """Show a person's statement at the desk to who may see grants and the person; logged, it tells of illness."""
    user, person = _visible(request, person_id)
    log_access(
        user=user,
        action=Access.REVEAL,
        kind="welfare.statement",
        subject=str(person.pk),
        data_class=DataClass.HEALTH,
        rows=1,
    )
    context = _context(person=person, user=user, asked=request.GET.get("year", ""))
    context["files"] = [
        {"paper": paper, "address": reverse("home:person_statement_file", args=[person.pk, paper.pk])}
        for paper in context["papers"]
    ]
    context |= {
        **admin.site.each_context(request),
        "title": f"福利享受单：{person.name}",
        "ask": reverse("home:person_statement_ask", args=[person.pk]),
        "back": reverse("admin:members_person_change", args=[person.pk]),
    }
    return TemplateResponse(request, "home/statements/of_person.html", context)


@require_POST
def ask_of_person(request: HttpRequest, person_id: int) -> HttpResponseBase:
    """Let the worker make the PDF of a person's statement."""
    user, person = _visible(request, person_id)
    asked = request.POST.get("year", "")
    _ask(person=person, user=user, asked=asked)
    return redirect(f"{reverse('home:person_statement', args=[person.pk])}?year={_digits(asked)}")


@require_GET
@never_cache
def file_of_person(request: HttpRequest, person_id: int, pk: int) -> FileResponse:
    """Give the officer who asked for it the finished PDF; logged."""
    user, person = _visible(request, person_id)
    return _file(request, get_object_or_404(StatementPaper, pk=pk, person=person, requested_by=user))


def _visible(request: HttpRequest, person_id: int) -> tuple[User, Person]:
    """Return the officer and the person: 403 without the right to see grants, 404 for people out of sight."""
    user = staff_of(request)
    if not user.has_perm(VIEW):
        raise PermissionDenied
    return user, get_object_or_404(Person.objects.visible_to(user), pk=person_id)


def _digits(asked: str) -> str:
    return asked if asked.isdecimal() and len(asked) == 4 else ""


def _ask(*, person: Person, user: User, asked: str) -> None:
    year = int(_digits(asked) or 0) or None
    with transaction.atomic():
        paper = ask_for_statement(person=person, actor=user, year=year)
        making.queue(paper, task="welfare.render_statement")


def _context(*, person: Person, user: User, asked: str) -> dict[str, Any]:
    """Return what both pages show; a constant number of queries."""
    given = Grant.objects.filter(person=person, state__in=SHOWN).dates("granted_on", "year", order="DESC")
    years = sorted({day.year for day in given} | {timezone.localdate().year}, reverse=True)
    year = int(_digits(asked) or 0)
    year = year if year in years else 0
    told = statement(person=person, year=year or None)
    papers = StatementPaper.objects.filter(person=person, year=year or None, requested_by=user)[:1]
    return {
        "person": person,
        "told": told,
        "groups": _groups(told),
        "years": years,
        "year": year,
        "papers": papers,
        "working": any(paper.is_running for paper in papers),
    }


def _groups(told: Statement) -> list[dict[str, Any]]:
    return [{"year": year, "lines": lines, "total": total(lines)} for year, lines in told.by_year().items()]


def _file(request: HttpRequest, paper: StatementPaper) -> FileResponse:
    if paper.state != PaperState.DONE:
        raise Http404
    name = f"福利享受单-{paper.year or '全部年份'}.pdf"
    told: dict[str, Any] = {"subject": str(paper.person_id), "data_class": DataClass.HEALTH, "rows": paper.pages}
    return give_made(request, paper.file, name=name, kind="welfare.statementpaper", **told)
