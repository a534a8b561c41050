"""What departs from the ordinary way and is to be read: approvals on paper, open warnings, what was taken back."""

from django.db.models import Count, Max, QuerySet, Sum

from union_portal.base.money import grouped
from welfare.approvals.enums import ApprovalState
from welfare.approvals.models import PaperApproval
from welfare.audit.services.matters import Matter, day_of, in_year, who
from welfare.grants.enums import RoundState
from welfare.grants.models import Grant, Round, RuleWarning
from welfare.ledger.enums import PostingKind
from welfare.ledger.models import Posting


def papers(year: int) -> list[Matter]:
    """Return the approvals on paper that were entered in the year."""
    rows = PaperApproval.objects.filter(entered_at__year=year).select_related("approver", "entered_by", "confirmed_by")
    return [
        Matter(
            on=day_of(one.entered_at),
            about=one.about,
            words="；".join(part for part in (one.words(), "" if one.scan else "没有扫描件") if part),
            standing=one.get_state_display(),
            waits=one.state == ApprovalState.ENTERED,
            approver=who(one.approver),
            entered_by=who(one.entered_by),
            confirmed_by=who(one.confirmed_by),
            model="paperapproval",
            pk=one.pk,
        )
        for one in rows
    ]


def open_warnings(year: int) -> QuerySet[RuleWarning]:
    """Return the year's warnings that nobody has settled."""
    rows: QuerySet[RuleWarning] = RuleWarning.objects.filter(raised_at__year=year, confirmed_by=None)
    return rows.exclude(round__state=RoundState.CANCELLED)


def warnings(year: int) -> list[Matter]:
    """Return them with the reason given so far."""
    rows = open_warnings(year).select_related("round__occasion", "round__benefit", "grant__benefit", "answered_by")
    return [
        Matter(
            on=day_of(one.raised_at),
            about=_about(one),
            words="；".join([one.detail, *([f"理由：{one.reason}；文件：{one.document}"] if one.answered_by else [])]),
            standing="待另一人确认" if one.answered_by else "待说明",
            entered_by=who(one.answered_by),
            model="rulewarning",
            pk=one.pk,
        )
        for one in rows
    ]


def _about(warning: RuleWarning) -> str:
    if warning.round is not None:
        return f"{warning.round}（{warning.round.get_state_display()}）"
    grant = warning.grant
    return f"{grant.benefit} {grant.granted_on}（{grant.get_state_display()}）" if grant is not None else ""


def answered_warnings(year: int) -> list[Matter]:
    """Return the warnings that were answered and confirmed: what was given beyond the standards, and why."""
    rows = RuleWarning.objects.filter(raised_at__year=year, confirmed_by__isnull=False)
    named = rows.select_related("round__occasion", "round__benefit", "grant__benefit", "answered_by", "confirmed_by")
    return [
        Matter(
            on=day_of(one.raised_at),
            about=_about(one),
            words=f"{one.detail}；理由：{one.reason}；文件：{one.document}",
            standing="已确认",
            waits=False,
            entered_by=who(one.answered_by),
            confirmed_by=who(one.confirmed_by),
            model="rulewarning",
            pk=one.pk,
        )
        for one in named
    ]


def noted(year: int) -> list[Matter]:
    """Return what rests on a text alone: without approver, scan and second account."""
    return [*_noted_rounds(year), *_noted_grants(year)]


def _noted_rounds(year: int) -> list[Matter]:
    rows = Round.objects.filter(cut_off_on__year=year, paper_approval=None).exclude(offline_approval="")
    return [
        Matter(
            on=day_of(one.approved_at) or one.cut_off_on,
            about=str(one),
            words=one.offline_approval,
            standing="没有审批人和扫描件",
            entered_by=who(one.prepared_by),
            model="round",
            pk=one.pk,
        )
        for one in rows.select_related("occasion", "benefit", "prepared_by")
    ]


def _noted_grants(year: int) -> list[Matter]:
    """Return what single cases and lists noted, once for each text, with how many grants and how much rest on it."""
    rows = Grant.objects.filter(granted_on__range=in_year(year), round=None, paper_approval=None)
    told = (
        rows.exclude(offline_approval="")
        .order_by()
        .values_list("offline_approval")
        .annotate(times=Count("pk"), last=Max("granted_on"), total=Sum("amount"))
    )
    return [
        Matter(
            on=last,
            about=f"慰问记录 {times:,} 条，合计 {grouped(total or 0)} 元",
            words=words,
            amount=total,
            standing="没有审批人和扫描件",
            waits=False,
        )
        for words, times, last, total in told
    ]


def taken_back(year: int) -> list[Matter]:
    """Return the year's reversals and adjustments of earlier years."""
    kinds = (PostingKind.REVERSAL, PostingKind.ADJUSTMENT)
    rows = Posting.objects.filter(year=year, kind__in=kinds).select_related("book", "approved_by", "prepared_by")
    return [
        Matter(
            on=one.posted_on,
            about=str(one),
            words=f"{one.get_kind_display()}：{one.summary}；{one.offline_approval}".rstrip("；"),
            amount=one.total,
            standing="已记账",
            waits=False,
            approver=who(one.approved_by),
            entered_by=who(one.prepared_by),
            model="posting",
            pk=one.pk,
        )
        for one in rows
    ]
