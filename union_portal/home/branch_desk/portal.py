"""The branch chair's workbench: own people, what they sign for, what was reported, own assemblies and report."""

import datetime as dt
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any

from django.db.models import Case, F, Q, QuerySet, Value, When
from django.db.models.functions import ExtractDay, ExtractMonth
from django.urls import reverse
from django.utils import timezone

from members.branches.models import Branch
from members.people.models import Person
from union_portal.base.prepared import seen, totals
from welfare.cases.services.telling import TONES, what
from welfare.collecting.portal import rounds_under_way
from welfare.collecting.services import by_branch
from welfare.grants.enums import AMENDABLE, GrantState
from welfare.grants.models import Grant

if TYPE_CHECKING:
    from union_portal.accounts.models import User

# Retirements are told a year ahead; what was paid stays to be seen for a month.
RETIRING_DAYS = 365
PAID_DAYS = 30
SHOWN = 12
_OPEN = (*AMENDABLE, GrantState.DUE, GrantState.RETURNED)
# What a chair goes on to, where the account may: label, address by name, what it is asked, permission.
_WAYS = (
    ("代表大会", "admin:congress_session_changelist", "", "congress.view_session"),
    ("代表选举", "admin:congress_unitelection_changelist", "", "congress.view_unitelection"),
    ("入会申请", "admin:members_admission_changelist", "", "members.view_admission"),
    ("参保", "admin:welfare_cover_changelist", "", "welfare.view_cover"),
    ("年度报告", "admin:annual_report_annualreport_changelist", "", "annual_report.view_annualreport"),
)


@dataclass(frozen=True)
class Line:
    """One thing of a list: what, on which day, where it stands, and the ways to it (label and address)."""

    title: str
    address: str = ""
    on: dt.date | None = None
    detail: str = ""
    state: str = ""
    tone: str = ""
    ways: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Workbench:
    """What the branch chair's desk shows; a month's birthdays by its name."""

    branches: list[Branch]
    members: int
    rounds: list[Line] = field(default_factory=list)
    cases: list[Line] = field(default_factory=list)
    birthdays: dict[str, list[Line]] = field(default_factory=dict)
    retiring: list[Line] = field(default_factory=list)
    ways: list[tuple[str, str]] = field(default_factory=list)
    people: str = ""
    report: str = ""
    collecting: str = ""

    @property
    def title(self) -> str:
        """The branches by name."""
        return "、".join(branch.name for branch in self.branches)


def workbench(user: "User") -> Workbench | None:
    """Return the workbench of whoever sees the own branches only; None for everybody else."""
    if not user.is_confined:
        return None
    today = timezone.localdate()
    led = seen(user, "workbench branches", partial(_branches, today=today))
    members, _day = totals(user, "workbench members", lambda one: {"all": (_members(one, today), "")})["all"]
    return Workbench(
        branches=led,
        members=members,
        rounds=list(_rounds(user)),
        cases=list(_cases(user, today)),
        birthdays=_birthdays(user, today),
        retiring=list(_retiring(user, today)),
        ways=[
            *((f"{branch.name}班子与届期", _page("members_branch", branch.pk)) for branch in led),
            *((label, f"{reverse(name)}{asked}") for label, name, asked, may in _WAYS if user.has_perm(may)),
        ],
        people=f"{reverse('admin:members_person_changelist')}?membership=active",
        report=reverse("admin:welfare_grant_add") if user.has_perm("welfare.add_grant") else "",
        collecting=reverse("welfare:collecting"),
    )


def _branches(user: "User", today: dt.date) -> "QuerySet[Branch]":
    """Return the branches that the account leads; a group stands under its branch, which is led with it."""
    keys = Branch.objects.keys_led_by(user)
    return Branch.objects.standing(on=today).filter(pk__in=keys).exclude(parent__in=keys).order_by("code")


def _members(user: "User", today: dt.date) -> Any:
    return _people(user, today).members(on=today)


def _people(user: "User", today: dt.date) -> Any:
    return Person.objects.in_branch(Branch.objects.keys_led_by(user), on=today)


def _page(name: str, pk: int) -> str:
    return reverse(f"admin:{name}_change", args=[pk])


def _rounds(user: "User") -> Any:
    """Yield the rounds that are being handed out: how far, the ticking, the sheet."""
    for round_ in (one.round for one in rounds_under_way(user)):
        for one in by_branch(round_=round_, user=user):
            yield Line(
                title=str(round_),
                detail=f"{one.branch}：应领 {one.heads:,} 人，已领 {one.received:,} 人",
                state=f"{one.due:,} 人待领取" if one.due else "全部已领取",
                tone="due" if one.due else "done",
                on=round_.handed_out_on,
                ways=(("逐人登记领取、签收表", reverse("welfare:collecting_branch", args=[round_.pk, one.branch_id])),),
            )


def _cases(user: "User", today: dt.date) -> Any:
    """Yield the own people's cases that are not done, and those just paid."""

    def asked(account: "User") -> "QuerySet[Any]":
        lately = Q(state=GrantState.RECEIVED, received_on__gte=today - dt.timedelta(days=PAID_DAYS))
        own = Branch.objects.keys_led_by(account)
        found = Grant.objects.filter(Q(state__in=_OPEN) | lately, round=None, branch__in=own)
        return found.select_related("person", "benefit", "event").order_by("-granted_on", "-pk")[:SHOWN]

    for grant in seen(user, "workbench cases", asked):
        yield Line(
            title=what(grant),
            address=_page("welfare_grant", grant.pk),
            on=grant.granted_on,
            detail=grant.reason,
            state=grant.get_state_display(),
            tone=TONES.get(GrantState(grant.state), "plain"),
        )


def _birthdays(user: "User", today: dt.date) -> dict[str, list[Line]]:
    """Return the birthdays of this month and the next, in the order of their days."""
    months = (today.month, today.month % 12 + 1)

    def asked(account: "User") -> "QuerySet[Any]":
        found = _members(account, today).filter(birth_date__month__in=months)
        found = found.annotate(in_month=ExtractMonth("birth_date"), on_day=ExtractDay("birth_date"))
        this_month = Case(When(in_month=months[0], then=Value(0)), default=1)
        told: QuerySet[Any] = found.order_by(this_month, "on_day", "pinyin_key")
        return told.values_list("in_month", "on_day", "name", "pk")

    told: dict[str, list[Line]] = {f"{month}月": [] for month in months}
    page = _page("members_person", 0)
    for month, day, name, pk in seen(user, "workbench birthdays", asked):
        told[f"{month}月"].append(Line(f"{day}日 {name}", page.replace("/0/", f"/{pk}/")))
    return told


def _retiring(user: "User", today: dt.date) -> Any:
    """Yield who retires within a year, as registered or as the personnel office expects."""

    def asked(account: "User") -> "QuerySet[Any]":
        until = today + dt.timedelta(days=RETIRING_DAYS)
        ends_on = Case(When(retired_on__isnull=False, then=F("retired_on")), default=F("retires_on"))
        ahead = _people(account, today).annotate(ends_on=ends_on).filter(ends_on__range=(today, until), died_on=None)
        told: QuerySet[Any] = ahead.order_by("ends_on", "pinyin_key").only("name", "retired_on")
        return told[:SHOWN]

    for person in seen(user, "workbench retirements", asked):
        yield Line(
            title=person.name,
            address=_page("members_person", person.pk),
            on=person.ends_on,
            state="已登记" if person.retired_on else "预计",
            tone="info" if person.retired_on else "plain",
        )
