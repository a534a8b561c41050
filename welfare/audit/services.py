"""What departs from the ordinary way, in one list: every approval on paper, every warning that nobody has settled."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import Count, Max, QuerySet
from django.utils import timezone

from union_portal.base.money import grouped
from welfare.approvals.enums import ApprovalState
from welfare.approvals.models import PaperApproval
from welfare.grants.enums import RoundState
from welfare.grants.models import Grant, Round, RuleWarning


class MatterKind(models.TextChoices):
    """What is looked over."""

    PAPER = "paper", "线下审批"
    WARNING = "warning", "未结超标提醒"
    # From earlier versions, or from a list: a text without approver, scan and second account.
    NOTED = "noted", "仅有文字的审批"


@dataclass(frozen=True)
class Matter:
    """One line: the day, what it is about, on what it rests, whose hands, how it stands; where it is looked at."""

    kind: MatterKind
    on: dt.date | None
    about: str
    words: str
    standing: str
    waits: bool
    approver: str = ""
    entered_by: str = ""
    confirmed_by: str = ""
    model: str = ""
    pk: int | None = None
    query: str = ""


def matters(*, year: int) -> list[Matter]:
    """Return the year's matters: what waits for somebody first, then the newest; five queries."""
    found = [*_papers(year), *_warnings(year), *_noted_rounds(year), *_noted_grants(year)]
    return sorted(found, key=lambda one: (not one.waits, -(one.on or dt.date.min).toordinal()))


def counts(*, year: int) -> dict[MatterKind, tuple[int, int]]:
    """Return how many approvals on paper and open warnings the year has, and how many wait; two queries."""
    papers, warned = PaperApproval.objects.filter(entered_at__year=year), _open_warnings(year).count()
    told = papers.aggregate(all=Count("pk"), waiting=Count("pk", filter=models.Q(state=ApprovalState.ENTERED)))
    return {MatterKind.PAPER: (told["all"], told["waiting"]), MatterKind.WARNING: (warned, warned)}


def years() -> list[int]:
    """Return the years to choose from, the newest first."""
    first = PaperApproval.objects.order_by("entered_at").values_list("entered_at", flat=True).first()
    warned = RuleWarning.objects.order_by("raised_at").values_list("raised_at", flat=True).first()
    this = timezone.localdate().year
    begun = [timezone.localdate(day).year for day in (first, warned) if day is not None]
    return list(range(this, min([this, *begun]) - 1, -1))


def _papers(year: int) -> list[Matter]:
    rows = PaperApproval.objects.filter(entered_at__year=year).select_related("approver", "entered_by", "confirmed_by")
    return [
        Matter(
            kind=MatterKind.PAPER,
            on=timezone.localdate(one.entered_at),
            about=one.about,
            words="；".join(part for part in (one.words(), "" if one.scan else "没有扫描件") if part),
            standing=one.get_state_display(),
            waits=one.state == ApprovalState.ENTERED,
            approver=_who(one.approver),
            entered_by=_who(one.entered_by),
            confirmed_by=_who(one.confirmed_by),
            model="paperapproval",
            pk=one.pk,
        )
        for one in rows
    ]


def _open_warnings(year: int) -> QuerySet[RuleWarning]:
    rows: QuerySet[RuleWarning] = RuleWarning.objects.filter(raised_at__year=year, confirmed_by=None)
    return rows.exclude(round__state=RoundState.CANCELLED)


def _warnings(year: int) -> list[Matter]:
    rows = _open_warnings(year)
    return [
        Matter(
            kind=MatterKind.WARNING,
            on=timezone.localdate(one.raised_at),
            about=_about(one),
            words="；".join([one.detail, *([f"理由：{one.reason}；文件：{one.document}"] if one.answered_by else [])]),
            standing="待另一人确认" if one.answered_by else "待说明",
            waits=True,
            entered_by=_who(one.answered_by),
            model="rulewarning",
            pk=one.pk,
        )
        for one in rows.select_related("round__occasion", "round__benefit", "grant__benefit", "answered_by")
    ]


def _about(warning: RuleWarning) -> str:
    if warning.round is not None:
        return f"{warning.round}（{warning.round.get_state_display()}）"
    grant = warning.grant
    return f"{grant.benefit} {grant.granted_on}（{grant.get_state_display()}）" if grant is not None else ""


def _noted_rounds(year: int) -> list[Matter]:
    rows = Round.objects.filter(cut_off_on__year=year, paper_approval=None).exclude(offline_approval="")
    return [
        Matter(
            kind=MatterKind.NOTED,
            on=timezone.localdate(one.approved_at) if one.approved_at else one.cut_off_on,
            about=str(one),
            words=one.offline_approval,
            standing="没有审批人和扫描件",
            waits=True,
            entered_by=_who(one.prepared_by),
            model="round",
            pk=one.pk,
        )
        for one in rows.select_related("occasion", "benefit", "prepared_by")
    ]


def _noted_grants(year: int) -> list[Matter]:
    """Return what single cases and lists noted, once for each text, with how many grants and how much rest on it."""
    days = (dt.date(year, 1, 1), dt.date(year, 12, 31))
    noted = Grant.objects.filter(granted_on__range=days, round=None, paper_approval=None).exclude(offline_approval="")
    told = (
        noted.order_by()
        .values_list("offline_approval")
        .annotate(times=Count("pk"), last=Max("granted_on"), total=models.Sum("amount"))
    )
    return [
        Matter(
            kind=MatterKind.NOTED,
            on=last,
            about=f"慰问记录 {times:,} 条，合计 {grouped(total or 0)} 元",
            words=words,
            standing="没有审批人和扫描件",
            waits=False,
            model="grant",
        )
        for words, times, last, total in told
    ]


def _who(user: Any) -> str:
    return user.name if user is not None else ""


def fits(one: Matter, asked: Mapping[str, str]) -> bool:
    """Tell whether the matter is of the kind and standing asked for, and told in all the words."""
    if asked["kind"] in MatterKind.values and one.kind != asked["kind"]:
        return False
    if asked["standing"] == "waits" and not one.waits:
        return False
    told = f"{one.about} {one.words} {one.approver} {one.entered_by} {one.confirmed_by}"
    return all(word in told for word in asked["q"].split())
