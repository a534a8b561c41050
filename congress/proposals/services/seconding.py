"""附议: delegates are asked, accept or decline; a changed text, a withdrawal or an ended mandate lets it lapse."""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.db.models import Case, Q, QuerySet, When
from django.utils import timezone

from congress.bodies.services import mail_people
from congress.delegates.enums import Seat
from congress.delegates.models import Delegate
from congress.proposals.enums import PRIVATE, ProposalState, SecondingState
from congress.proposals.models import Proposal, Seconding
from congress.proposals.services.authorship import authors, in_force, judge_author_of
from members.people.models import Person
from union_portal.accounts.models import User
from union_portal.base.errors import DomainError, Refused
from union_portal.base.moments import minute
from union_portal.base.steps import hold, move, unchanged

INVITING = (ProposalState.DRAFT, ProposalState.SECONDING, ProposalState.RETURNED)


def judge_text(proposal: Proposal) -> None:
    """Raise unless subject, reasons and measures are written."""
    for name, label in (
        ("title", "案由"),
        ("grounds", "理由"),
        ("measures", "建议措施"),
    ):
        if not getattr(proposal, name).strip():
            raise DomainError(f"“{label}”还未填写，请先填写。", field=name)


def candidates(proposal: Proposal, *, words: str = "", limit: int | None = None) -> list[Delegate]:
    """Return who may be asked: delegates of the same body with a mandate today, not the author, not yet asked.

    `words` are searched in name, pinyin, initials and staff number; the author's own delegation comes first.
    """
    people = Person.objects.search(words) if words.strip() else Person.objects.all()
    return list(
        Delegate.objects.voting()
        .filter(person__in=people.order_by())
        .filter(congress=proposal.congress_id)
        .in_force(on=timezone.localdate())
        .exclude(pk=proposal.proposer_id)
        .exclude(pk__in=proposal.secondings.living().values("delegate"))
        .select_related("person", "delegation", "unit")
        .order_by(Case(When(delegation=proposal.delegation_id, then=0), default=1), "person__pinyin_key", "pk")[:limit]
    )


def judge_seconder(*, proposal: Proposal, delegate: Delegate, on: dt.date | None = None) -> None:
    """Raise unless the delegate may second the proposal on the day, by default today."""
    name = delegate.person.name
    if delegate.congress_id != proposal.congress_id:
        raise Refused(
            f"{name}不是“{proposal.congress}”的代表，不能附议。",
            field="seconders",
        )
    if delegate.pk == proposal.proposer_id or (
        proposal.proposer is not None and delegate.person_id == proposal.proposer.person_id
    ):
        raise Refused("提案人不能附议自己的提案。", field="seconders")
    if delegate.seat != Seat.DELEGATE:
        raise Refused(
            f"{name}是{delegate.get_seat_display()}，只有正式代表可以附议。",
            field="seconders",
        )
    if not in_force(delegate, on=on or timezone.localdate()):
        raise Refused(f"{name}的代表资格不在有效期内。", field="seconders")


@transaction.atomic
def invite(*, proposal: Proposal, delegates: Iterable[Delegate], actor: User | None) -> list[Seconding]:
    """Ask delegates to second; a draft begins to look for seconders. Who was asked already is left as he is.

    Raises when text is missing, the author may not propose, or one of them may not second. Each is told by mail.
    """
    held = hold(proposal, "drive", "congress", "proposer__person", "delegation")
    if held.state not in INVITING:
        raise Refused("提案提交后不能再邀请附议。")
    if held.as_body:
        raise Refused("代表团集体提案无需附议。")
    judge_text(held)
    judge_author_of(held)
    asked = set(held.secondings.living().values_list("delegate_id", flat=True))
    new = [one for one in dict.fromkeys(delegates) if one.pk not in asked]
    if not new and not asked:
        raise DomainError("请至少选择一位代表。", field="seconders")
    for delegate in new:
        judge_seconder(proposal=held, delegate=delegate)
    made: list[Seconding] = [Seconding.objects.create(proposal=held, delegate=delegate) for delegate in new]
    if held.state == ProposalState.DRAFT:
        move(held, "invite", actor=actor)
    _ask_by_mail(held, new)
    return made


def _ask_by_mail(proposal: Proposal, delegates: Iterable[Delegate]) -> None:
    closes, title = minute(proposal.drive.closes_at), proposal.title
    mail_people(
        [one.person for one in delegates],
        subject=f"邀请您附议：{title}",
        text=f"{author_words(proposal)}邀请您附议提案“{title}”。请在 {closes} 前登录平台阅读全文并答复。",
    )


def author_words(proposal: Proposal) -> str:
    """Return the author as one name: the delegate's, the delegation's, or as recorded."""
    if proposal.as_body and proposal.delegation:
        return str(proposal.delegation)
    return proposal.proposer.person.name if proposal.proposer else proposal.author_words


@transaction.atomic
def answer(*, seconding: Seconding, accept: bool, version: int | None, actor: User | None, reason: str = "") -> None:
    """Second, or do not; once, on the text that was read (`version`), while the mandate is in force."""
    proposal = hold(seconding.proposal, "congress", "proposer__person", "delegation")
    held = hold(seconding, "delegate__person")
    if proposal.state not in {ProposalState.SECONDING, ProposalState.RETURNED}:
        raise Refused(f"该提案已不在征集附议阶段，当前为“{proposal.get_state_display()}”。")
    if held.state != SecondingState.INVITED:
        raise Refused(f"已答复过：{held.get_state_display()}。")
    if accept:
        unchanged(proposal, version=version)
        judge_seconder(proposal=proposal, delegate=held.delegate)
    move(held, "accept" if accept else "decline", actor=actor, answered_at=timezone.now(), reason=reason[:200])


@transaction.atomic
def take_back(*, seconding: Seconding, actor: User | None) -> None:
    """Take back an invitation that was not answered yet."""
    hold(seconding.proposal)
    held = hold(seconding)
    if held.state != SecondingState.INVITED:
        raise Refused(f"已答复过：{held.get_state_display()}。")
    move(held, "lapse", actor=actor, reason="提案人收回邀请")


def lapse(proposal: Proposal, *, states: Iterable[str], why: str, actor: User | None) -> list[Seconding]:
    """Let the secondings in these states lapse; the caller holds the proposal. Returns them."""
    found = list(
        proposal.secondings.select_for_update(of=("self",))
        .filter(state__in=list(states))
        .select_related("delegate__person__user")
    )
    for seconding in found:
        move(seconding, "lapse", actor=actor, reason=why)
    return found


def lapse_for_new_text(proposal: Proposal, *, actor: User | None) -> int:
    """Let every signature lapse because the text changed, and ask the same delegates again. Returns how many signed.

    The caller holds the proposal and has saved the new text; whoever's mandate has ended is not asked again.
    """
    signed = lapse(
        proposal,
        states=[SecondingState.ACCEPTED],
        why="附议后文本有修改",
        actor=actor,
    )
    again = [one.delegate for one in signed if in_force(one.delegate, on=timezone.localdate())]
    Seconding.objects.bulk_create(Seconding(proposal=proposal, delegate=delegate) for delegate in again)
    _ask_by_mail(proposal, again)
    return len(signed)


def lapsing(*, delegate: Delegate) -> "QuerySet[Seconding]":
    """Return what lapses with a mandate: signatures under what is not yet submitted, and invitations."""
    written, returned = Q(proposal__state__in=PRIVATE), Q(proposal__state=ProposalState.RETURNED)
    open_ones = written & Q(state=SecondingState.ACCEPTED) | (written | returned) & Q(state=SecondingState.INVITED)
    found: QuerySet[Seconding] = delegate.secondings.filter(open_ones)
    return found


@transaction.atomic
def lapse_of(*, delegate: Delegate, actor: User | None, why: str) -> int:
    """End what a delegate whose mandate ends has signed or was asked to sign; authors are told. Returns how many.

    Signatures under proposals already submitted stay valid; only what is not yet submitted lapses.
    """
    ids = lapsing(delegate=delegate).values_list("proposal_id", flat=True)
    count = 0
    for proposal in (
        Proposal.objects.select_for_update(of=("self",))
        .filter(pk__in=list(ids))
        .select_related("proposer__person__user", "delegation__head__person", "delegation__deputy__person")
        .order_by("pk")
    ):
        of_delegate = list(lapsing(delegate=delegate).select_for_update(of=("self",)).filter(proposal=proposal))
        for seconding in of_delegate:
            move(seconding, "lapse", actor=actor, reason=why[:200])
        count += len(of_delegate)
        if of_delegate:
            mail_people(
                authors(proposal),
                subject=f"您的提案有一位附议代表退出：{proposal.title}",
                text=f"{delegate.person.name}不再附议“{proposal.title}”：{why}。请另邀其他代表附议。",
            )
    return count


def judge_seconders(proposal: Proposal) -> None:
    """Raise when too few delegates with a mandate have seconded; a delegation as a body needs none."""
    if proposal.as_body:
        return
    needed = proposal.drive.min_seconders
    signed = [one.delegate for one in proposal.secondings.given().select_related("delegate")]
    # A signature under a submitted text stays valid when the mandate ends later.
    today = timezone.localdate()
    count = sum(1 for one in signed if proposal.submitted_at or in_force(one, on=today))
    if count < needed:
        raise DomainError(
            f"需要 {needed} 位代表附议，目前已有 {count:,} 位。",
            field="seconders",
            code="seconders",
        )
