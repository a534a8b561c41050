"""Proposals at the thumb, on the member's page and on the desk: drives that run, what waits for whom until when."""

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from congress.delegates.enums import Seat
from congress.delegates.models import Delegate
from congress.drives.models import ProposalDrive
from congress.drives.querysets import reads_all
from congress.proposals.enums import ProposalState, SecondingState
from congress.proposals.models import Proposal, Seconding
from congress.proposals.services.authorship import open_drives
from congress.proposals.services.seconding import author_words
from congress.ratings.services import opinions_due
from union_portal.accounts.models import User
from union_portal.base.portal import (
    Contribution,
    DeskFigure,
    DeskItem,
    MemberItem,
    MemberPlace,
    Standing,
    contribute,
    so_far,
)
from union_portal.base.prepared import existing, own, seen, totals

# A drive that closes within so many days is on everybody's page who takes part in it.
SOON_DAYS = 14
# An answer stays on the member's first page for so long.
NEWS_DAYS = 60
# A sheet of paper with a raised hand's stroke: lines on a 24 × 24 grid.
ICON = "M6 3h9l4 4v14H6zM15 3v4h4M9 11h7M9 15h7M9 19h4"
_UNSENT = (ProposalState.DRAFT, ProposalState.SECONDING)


def desk_items(user: User) -> Iterator[DeskItem]:
    """Yield to the office the drives that close soon, with how much has come in."""
    if not user.has_perm("congress.change_proposaldrive"):
        return
    now = timezone.now()
    for drive in seen(user, "drives to close", lambda _account: _closing()):
        if not now < drive.closes_at <= now + dt.timedelta(days=SOON_DAYS):
            continue
        yield DeskItem(
            title="提案征集即将截止",
            detail=str(drive.session),
            address=reverse("admin:congress_proposaldrive_change", args=[drive.pk]),
            due_on=timezone.localdate(drive.closes_at),
            count=drive.came,
            unit="件",
        )


def _closing() -> Any:
    """Return the drives that close in these days, with how much has come in."""
    last = _midnight() + dt.timedelta(days=SOON_DAYS + 1)
    drives = ProposalDrive.objects.running(now=_midnight()).filter(closes_at__lte=last).select_related("session")
    return drives.annotate(came=Count("proposals", filter=Q(proposals__submitted_at__isnull=False)))


def member_items(user: User) -> Iterator[MemberItem]:
    """Yield to delegates what to second, to check, to complete, to rate and to finish before the close."""
    matters = _matters(user)
    for name, say in _SAID.items():
        if name in matters:
            yield from say(user)


def _matters(user: User) -> set[str]:
    """Return what there is for the account as a delegate or an author; one statement, once a request."""

    def asked(account: User) -> dict[str, "QuerySet[Any]"]:
        return {name: rows(account) for name, rows in _ASKED.items()}

    return user.once("author_desk", lambda: existing(user, "author_desk", asked))


def _midnight() -> dt.datetime:
    return timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)


def _invitations(user: User) -> "QuerySet[Any]":
    return Seconding.objects.filter(
        state=SecondingState.INVITED,
        delegate__person__user=user,
        proposal__state__in=[ProposalState.SECONDING, ProposalState.RETURNED],
    )


def _to_finish(user: User) -> Any:
    """Return what the author has to do; drafts of drives long closed stay on the page of proposals alone."""
    lately = _midnight() - dt.timedelta(days=NEWS_DAYS)
    waits = Q(state__in=[ProposalState.RETURNED, ProposalState.ANSWERED])
    return Proposal.objects.authored_by(user).filter(waits | Q(state__in=_UNSENT, drive__closes_at__gte=lately))


def _answers(user: User) -> "QuerySet[Any]":
    since = timezone.localdate() - dt.timedelta(days=NEWS_DAYS)
    return Proposal.objects.authored_by(user).filter(state=ProposalState.ADVISED, answered_on__gte=since)


def _merged(user: User) -> "QuerySet[Any]":
    return Proposal.objects.authored_by(user).filter(merged_into__rate_by__gte=timezone.localdate())


def _to_second(user: User) -> Iterator[MemberItem]:
    about = ("proposal__drive", "proposal__proposer__person", "proposal__delegation")
    for one in own(user, "invitations", lambda account: _invitations(account).select_related(*about)):
        proposal = one.proposal
        yield _due(
            proposal,
            "待附议",
            state=one.state,
            state_label="待您答复",
            on=timezone.localdate(one.invited_at),
            until=timezone.localdate(proposal.drive.closes_at) if proposal.state == ProposalState.SECONDING else None,
            detail=f"{author_words(proposal)}邀请您附议",
        )


def _to_check(user: User) -> Iterator[MemberItem]:
    about = ("drive", "proposer__person", "delegation")
    for proposal in own(user, "to check", lambda account: Proposal.objects.to_precheck(account).select_related(*about)):
        closes, author = timezone.localdate(proposal.drive.closes_at), author_words(proposal)
        yield _due(proposal, "待代表团初审", state_label="待您初审", until=closes, detail=author)


def _own(user: User) -> Iterator[MemberItem]:
    for proposal in own(user, "proposals to finish", lambda account: _told(_to_finish(account).with_signed())):
        yield _own_item(proposal)


def _told(proposals: Any) -> Any:
    """Read with the proposals what a line says of each, and not its pages of text."""
    return proposals.select_related("drive").only(
        *("title", "state", "as_body", "created_at", "rate_by"),
        *("drive__closes_at", "drive__min_seconders"),
    )


def _advised(user: User) -> Iterator[MemberItem]:
    """Yield the answers that came lately to what was passed on."""
    for proposal in own(user, "passed on", lambda account: _answers(account)[:3]):
        yield _due(proposal, "您的建议已有答复", on=proposal.answered_on, standing=Standing.CAME)


def _joint(user: User) -> Iterator[MemberItem]:
    """Yield the replies to topics that own proposals were merged into, while an opinion on them is open."""
    leading = Proposal.objects.filter(pk__in=_merged(user).values("merged_into")).select_related("drive")
    for proposal in leading.exclude(pk__in=Proposal.objects.authored_by(user).values("pk")):
        if opinions_due(proposal=proposal, user=user):
            yield _due(
                proposal,
                "待提意见",
                on=proposal.answered_on or timezone.localdate(),
                until=proposal.rate_by,
                detail="并案答复已送达，请说明您是否满意。",
            )


def _own_item(proposal: Proposal) -> MemberItem:
    closes = timezone.localdate(proposal.drive.closes_at)
    until: dt.date | None = None
    detail = ""
    if proposal.state == ProposalState.RETURNED:
        title = "待补充"
        detail = "提案被退回，请补充后重新提交。"
    elif proposal.state == ProposalState.ANSWERED:
        title = "待评价"
        until = proposal.rate_by
        detail = "答复已送达，请评价是否满意。"
    elif proposal.drive.closes_at <= timezone.now():
        title = "未提交"
        detail = "征集已截止，仍可作为意见建议提交。"
    else:
        title = "待提交"
        until = closes
        if not proposal.as_body:
            count = getattr(proposal, "signed", 0)
            detail = f"附议 {count:,} 人（至少 {proposal.drive.min_seconders} 人）"
    return _due(proposal, title, until=until, detail=detail)


def _due(proposal: Proposal, title: str, **told: Any) -> MemberItem:
    """Return the line that leads to the proposal, since the day it was begun unless told otherwise."""
    words = {
        "state": proposal.state,
        "state_label": proposal.get_state_display(),
        "on": timezone.localdate(proposal.created_at),
        "address": reverse("congress:proposal", args=[proposal.pk]),
        "standing": Standing.DUE,
        **told,
    }
    return MemberItem(title=f"{title}：{proposal.title}", **words)


def _drives(user: User) -> Iterator[MemberItem]:
    """Yield the running drives in which the account may propose."""
    now = timezone.now()
    for drive in own(user, "open drives", lambda account: open_drives(user=account, now=_midnight())):
        if drive.closes_at <= now:
            continue
        yield MemberItem(
            title=f"提案征集：{drive.session}",
            state="running",
            state_label="征集中",
            on=drive.opens_on,
            until=timezone.localdate(drive.closes_at),
            detail=f"须 {drive.min_seconders} 位代表附议；逾期提交的转为意见建议。",
            address=reverse("congress:proposals"),
            standing=Standing.DUE,
        )


def desk_figures(user: User, year: int) -> Iterator[DeskFigure]:
    """Yield how many proposals the year's sessions have collected, beside the same day a year before."""
    if not reads_all(user):
        return
    counts = totals(user, ("proposals collected", year), lambda _account: _collected(year))
    (now, _day), (before, _day) = counts["now"], counts["before"]
    if now or before:
        yield DeskFigure(label="征集提案", value=now, unit="件", previous=before)


def _collected(year: int) -> "dict[str, tuple[QuerySet[Any], str]]":
    return {
        name: (
            Proposal.objects.collected().filter(
                drive__session__convened_on__year=one, submitted_at__date__lte=so_far(one)[1]
            ),
            "",
        )
        for name, one in (("now", year), ("before", year - 1))
    }


def member_places(user: User) -> Iterator[MemberPlace]:
    """Yield the place at the thumb for delegates, and for authors whose mandate has ended."""
    if {"delegate", "author"} & _matters(user):
        yield MemberPlace(name="congress:proposals", label="提案", icon=ICON)


_SAID: dict[str, Callable[[User], Iterator[MemberItem]]] = {
    "to_second": _to_second,
    "to_check": _to_check,
    "own": _own,
    "advised": _advised,
    "joint": _joint,
    "drives": _drives,
}
_ASKED: "dict[str, Callable[[User], QuerySet[Any]]]" = {
    "to_second": _invitations,
    "to_check": Proposal.objects.to_precheck,
    "own": _to_finish,
    "advised": _answers,
    "joint": _merged,
    "drives": lambda user: ProposalDrive.objects.running(now=_midnight()).for_delegate(user),
    "delegate": lambda user: Delegate.objects.of(user).filter(seat__in=[Seat.DELEGATE, Seat.OBSERVER]),
    "author": Proposal.objects.authored_by,
}


contribute(
    Contribution(
        desk_items=desk_items,
        desk_figures=desk_figures,
        member_items=member_items,
        member_places=member_places,
        # Whoever wrote, signs or checks has or had a mandate.
        concerns=lambda user: [Delegate.objects.filter(person__user=user)],
    )
)
