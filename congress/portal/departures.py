"""Whose page was closed to him while he had it open: who did it, when, and to whom the matter went."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import Model, Q
from django.utils import timezone

from congress.enums import CommitteeKind, Duty, ProposalState, SecondingState, SuggestionState
from congress.models import (
    Assignment,
    CommitteeSeat,
    DepartmentPost,
    Proposal,
    ProposalMove,
    Seconding,
    Suggestion,
)
from congress.services.outcome import REASSIGN, TAKE_OVER, lead_of
from union_portal.accounts.models import User


@dataclass(frozen=True)
class Departure:
    """Why it is closed: in words; 409 where the matter moved on, 403 where the person's own duty ended."""

    subject: str
    words: str
    status: int
    back: str


def _day(moment: dt.datetime | dt.date) -> str:
    if isinstance(moment, dt.datetime):
        return f"{timezone.localtime(moment):%Y-%m-%d %H:%M}"
    return f"{moment:%Y-%m-%d}"


def _name(user: User | None) -> str:
    return (user.name or user.staff_number) if user else "系统"


def _events(model: type[Model], **which: Any) -> Any:
    """Return the kept history of a tracked model, oldest first."""
    rows: Any = apps.get_model(f"{model._meta.label}Event")  # noqa: SLF001
    return rows.objects.filter(**which).select_related("pgh_context").order_by("pgh_id")


def _changed_by(event: Any) -> str:
    """Name who made a change of which history keeps only the account's key."""
    metadata = event.pgh_context.metadata if event and event.pgh_context else {}
    key = metadata.get("user")
    return _name(User.objects.filter(pk=key).first() if key else None)


def of_department(user: User, pk: int) -> Departure | None:
    """Say why a proposal's working page is closed to somebody who answered or signed for a department assigned to it.

    None for who never did: to strangers the page does not exist.
    """
    held = [
        (one, post)
        for one in Assignment.objects.filter(proposal=pk).select_related("department", "proposal")
        for post in DepartmentPost.objects.filter(person__user=user, department=one.department_id)
        if _served(post, one)
    ]
    today = timezone.localdate()
    ended = [one for one, _post in held if one.ended_at is not None]
    led = [one for one in ended if one.duty == Duty.LEAD]
    standing = [pair for pair in held if pair[0].ended_at is None]
    if any(post.valid_to is None or post.valid_to >= today for _one, post in standing):
        # Still assigned: only the lead's own steps can have been lost.
        return _moved(led[-1]) if led and _leads_no_more(standing) else None
    if standing:
        return _post_ended(*standing[-1])
    return _moved((led or ended)[-1]) if ended else None


def _served(post: DepartmentPost, one: Assignment) -> bool:
    """Tell whether the post was held while the department was assigned; a merger may have been recorded late."""
    until = timezone.localdate(one.ended_at) if one.ended_at else timezone.localdate()
    if post.valid_from > until:
        return False
    merged = one.department.merged_into_id is not None and post.valid_to == one.department.closed_on
    return merged or post.valid_to is None or post.valid_to >= timezone.localdate(one.assigned_at)


def _leads_no_more(standing: list[tuple[Assignment, DepartmentPost]]) -> bool:
    return all(one.duty != Duty.LEAD for one, _post in standing)


def _moved(one: Assignment) -> Departure:
    move = (
        ProposalMove.objects.filter(subject=one.proposal, action__in=(REASSIGN, TAKE_OVER), at__gte=one.ended_at)
        .select_related("actor")
        .order_by("at", "pk")
        .first()
    )
    lead = lead_of(one.proposal)
    words = "{who} 已于 {when} 将这件提案从{department}转出：{why}现由{lead}主办。".format(
        who=_name(move.actor if move else None),
        department=one.department,
        when=_day(one.ended_at or timezone.now()),
        why=_sentence(one.end_reason),
        lead=lead.department if lead else "—",
    )
    return Departure(str(one.proposal), words, 409, "congress:departments")


def _sentence(words: str) -> str:
    return words if words.endswith(("。", ".", "！", "!")) else words + "。"


def _post_ended(one: Assignment, post: DepartmentPost) -> Departure:
    now: Any = DepartmentPost.objects.filter(department=one.department_id, duty=post.duty)
    names = [held.person.name for held in now.in_force(on=timezone.localdate()).select_related("person")]
    words = "您在{department}的{duty}职责已于 {day} 结束，现由以下人员负责：{names}。".format(
        duty=post.get_duty_display(),
        department=one.department,
        day=post.valid_to,
        names="、".join(names) or "暂无，请联系工会办公室",
    )
    return Departure(str(one.proposal), words, 403, "home:start")


def of_suggestion(user: User, pk: int) -> Departure | None:
    """Say why a suggestion's page is closed to somebody of a department it was sent to."""
    mine = DepartmentPost.objects.filter(person__user=user).in_force(on=timezone.localdate()).values("department")
    was_ours = _events(Suggestion, pgh_obj=pk, department__in=mine).last()
    subject = Suggestion.objects.filter(pk=pk).select_related("department").first()
    if was_ours is None or subject is None or mine.filter(department=subject.department_id).exists():
        return None
    taken = subject.moves.select_related("actor").filter(source=SuggestionState.SENT, at__gte=was_ours.pgh_created_at)
    move = taken.first()
    words = "{who} 已于 {when} 将这条意见建议从您的部门转出：{why}现由{lead}处理。".format(
        who=_name(move.actor if move else None),
        when=_day(move.at if move else was_ours.pgh_created_at),
        why=_sentence(move.reason or str(subject.get_state_display()) if move else subject.get_state_display()),
        lead=subject.department or "工会办公室",
    )
    return Departure(subject.title, words, 409, "congress:department_suggestions")


def of_author(user: User, pk: int) -> Departure | None:
    """Say why a delegation's proposal is closed to who headed the delegation when it came there."""
    proposal: Proposal | None = Proposal.objects.filter(pk=pk).select_related("delegation__head__person").first()
    if proposal is None or proposal.delegation is None:
        return None
    asked = proposal.moves.filter(action="submit_to_delegation").last()
    if not proposal.as_body and asked is None:
        return None
    since = proposal.created_at if proposal.as_body or asked is None else asked.at
    body = proposal.delegation
    mine = Q(head__person__user=user) | Q(deputy__person__user=user)
    history = _events(type(body), pgh_obj=body.pk)
    was_head = history.filter(mine).last()
    if was_head is None or type(body).objects.filter(mine, pk=body.pk).exists():
        return None
    change = history.filter(pgh_id__gt=was_head.pgh_id).first()
    if change is None or change.pgh_created_at < since:
        return None
    words = "{who} 已于 {when} 变更{delegation}团长，现任团长：{head}。这件提案由现任团长处理。".format(
        who=_changed_by(change),
        delegation=body,
        when=_day(change.pgh_created_at),
        head=body.head.person.name if body.head else "—",
    )
    return Departure(str(proposal), words, 403, "congress:proposals")


def of_seconder(user: User, pk: int) -> Departure | None:
    """Say why somebody who was asked to second can no longer answer."""
    asked: Seconding | None = (
        Seconding.objects.filter(proposal=pk, delegate__person__user=user, state=SecondingState.LAPSED)
        .select_related("proposal")
        .order_by("pk")
        .last()
    )
    if asked is None:
        return None
    words = (
        f"您于 {_day(asked.invited_at)} 受邀附议，该邀请已失效：{_sentence(asked.reason or asked.get_state_display())}"
    )
    return Departure(asked.proposal.title, words, 409, "congress:proposals")


def of_check(user: User, pk: int) -> Departure | None:
    """Say who checked a proposal for the delegation meanwhile, or who heads it now."""
    proposal = Proposal.objects.filter(pk=pk, moves__action="submit_to_delegation").distinct().first()
    if proposal is None:
        return None
    led = Q(delegation__head__person__user=user) | Q(delegation__deputy__person__user=user)
    if not Proposal.objects.filter(led, pk=pk).exists():
        return of_author(user, pk)
    last = proposal.moves.exclude(action="submit_to_delegation").select_related("actor").last()
    if last is None or proposal.state == ProposalState.PRECHECK or last.actor_id == user.pk:
        return None
    words = f"{_name(last.actor)} 已于 {_day(last.at)} 先行处理，目前的状态是“{proposal.get_state_display()}”。"
    return Departure(str(proposal), words, 409, "congress:proposals")


def of_committee(user: User, _pk: int) -> Departure | None:
    """Say since when and by whose hand a seat on the proposal committee has ended."""
    seat: CommitteeSeat | None = (
        CommitteeSeat.objects.filter(person__user=user, committee__kind=CommitteeKind.PROPOSAL, valid_to__isnull=False)
        .filter(valid_to__lt=timezone.localdate())
        .select_related("committee")
        .order_by("valid_to")
        .last()
    )
    if seat is None:
        return None
    change = _events(CommitteeSeat, pgh_obj=seat.pk, valid_to=seat.valid_to).first()
    words = "您在“{committee}”的任职已于 {day} 结束，由 {who} 于 {when} 登记。".format(
        committee=seat.committee,
        day=seat.valid_to,
        who=_changed_by(change),
        when=_day(change.pgh_created_at) if change else "—",
    )
    return Departure("提案审查", words, 403, "home:start")
