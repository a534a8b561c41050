"""Applying, choosing whom the places go to, insuring and closing."""

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Count, QuerySet
from django.utils import timezone

from members.branches.models import BranchAssignment
from members.people.enums import PersonKind
from members.people.models import Person
from union_portal.accounts.models import User
from union_portal.base.errors import DomainError, Refused
from union_portal.base.periods import months_later
from union_portal.base.querysets import in_force
from union_portal.base.steps import hold, record, saved, take, take_all
from welfare.disclosure.enums import DisclosureState
from welfare.disclosure.models import Disclosure
from welfare.disclosure.services import masked, publish
from welfare.grants.services.settling import Dues, must_be_unpaid, pay, unpaid
from welfare.ledger.enums import PostingKind
from welfare.ledger.models import Posting
from welfare.recuperation.enums import SUBJECT, ApplicationState, BatchState
from welfare.recuperation.models import RecuperationApplication, RecuperationBatch
from welfare.recuperation.services.judging import again_from, distributed, in_order, shares, used_in, went_before
from welfare.rosters.services.lists import matched, refuse_lines

_NAMED = 10


@transaction.atomic
def apply(*, batch: RecuperationBatch, person: Person, actor: Any, companions: int = 0) -> RecuperationApplication:
    """Enter somebody's application. Raises Refused when the batch takes none, DomainError for whom it is too early."""
    held = hold(batch, "rule")
    if held.state != BatchState.OPEN:
        raise Refused(f"“{held}”{held.get_state_display()}，现在不能报名。", field="batch")
    if reason := why_not(held, person):
        raise DomainError(reason, field="person")
    branch = BranchAssignment.objects.filter(in_force(held.starts_on), person=person).values_list("branch", flat=True)
    made = RecuperationApplication(batch=held, person=person, companions=companions, branch_id=branch.first())
    return record(made, actor=actor)


@transaction.atomic
def apply_all(*, batch: RecuperationBatch, lines: Sequence[tuple[str, ...]], actor: Any) -> int:
    """Enter the applications of everybody on a list (staff number, name), in its order; returns how many.

    All or nothing: raises Refused when the batch takes none, DomainError naming the lines at fault.
    """
    keys, faults = matched(lines)
    applied = set(batch.applications.exclude(state=ApplicationState.WITHDRAWN).values_list("person", flat=True))
    people = Person.objects.in_bulk(list(keys.values()))
    for place, key in keys.items():
        if key in applied:
            faults[place] = f"{people[key]}已报名"
        elif reason := why_not(batch, people[key]):
            faults[place] = f"{people[key]}：{reason.rstrip('。')}"
    refuse_lines(faults, why=f"名单中有 {len(faults):,} 条不能报名")
    for key in keys.values():
        apply(batch=batch, person=people[key], actor=actor)
    return len(keys)


def why_not(batch: RecuperationBatch, person: Person) -> str:
    """Return why somebody may not go with the batch, with the day from which he may, or nothing."""
    rule, on = batch.rule, batch.starts_on
    if not Person.objects.of_kind(PersonKind.STAFF, on=on).filter(pk=person.pk).exists():
        return "疗休养的对象是在职职工，不含此人。"
    if rule.service_years:
        if person.employed_on is None:
            return f"须来校满 {rule.service_years} 年，此人未登记来校时间。"
        served = months_later(person.employed_on, 12 * rule.service_years)
        if served > on:
            return f"须来校满 {rule.service_years} 年，此人 {served} 起可以报名。"
    last = went_before(batch, [person.pk]).get(person.pk)
    again = again_from(rule, last) if last is not None else None
    if again is not None and again > on:
        return f"此人 {last} 已参加{rule.get_scope_display()}疗休养，{again} 起可以再次报名。"
    return ""


def places_of(batch: RecuperationBatch) -> dict[Any, int]:
    """Return by branch how many of the places it has, in proportion to its members in service on the first day."""
    serving = Person.objects.members(on=batch.starts_on).of_kind(PersonKind.STAFF, on=batch.starts_on)
    assigned = BranchAssignment.objects.filter(in_force(batch.starts_on), person__in=serving.order_by().values("pk"))
    heads = dict(assigned.order_by().values_list("branch").annotate(n=Count("person")).order_by("branch"))
    return distributed(batch.places, heads)


@transaction.atomic
def choose(*, subject: RecuperationBatch, actor: Any) -> RecuperationBatch:
    """Give the places away: in the rule's order within each branch's own, what is left over in the same order.

    Who goes, in which place and on what grounds, and what union and person bear, is written to every application.
    """
    held = hold(subject, "rule")
    order = in_order(held)
    if not order:
        raise Refused("还没有人报名。")
    left, chosen = Counter(places_of(held)), set()
    for standing in order:
        if left[standing.application.branch_id] > 0:
            left[standing.application.branch_id] -= 1
            chosen.add(standing.application.pk)
    for standing in order:
        if len(chosen) >= held.places:
            break
        chosen.add(standing.application.pk)
    used = used_in(held.starts_on.year, [one.application.person_id for one in order], but=held)
    for rank, standing in enumerate(order, 1):
        one = hold(standing.application)
        goes = one.pk in chosen
        one.rank, one.grounds = rank, standing.grounds
        one.union_share, one.own_share = (
            shares(held.rule, days=held.days, price=held.price, used=used.get(one.person_id, Decimal(0)))
            if goes
            else (None, None)
        )
        saved(one, fields=["rank", "grounds", "union_share", "own_share"])
        take(subject=one, action="choose" if goes else "pass_over", actor=actor)
    return take(subject=held, action="choose", actor=actor)


@transaction.atomic
def reopen(*, subject: RecuperationBatch, actor: Any, why: str) -> RecuperationBatch:
    """Take applications again; everybody is judged anew."""
    held = take(subject=subject, action="reopen", actor=actor, why=why)
    judged = held.applications.filter(state__in=[ApplicationState.CHOSEN, ApplicationState.PASSED_OVER])
    if judged.exists():
        take_all(judged, action="judge_anew", actor=actor)
    return held


@transaction.atomic
def publish_selection(*, batch: RecuperationBatch, actor: Any, workdays: int = 5, place: str = "") -> Disclosure:
    """Make known who was chosen, with masked names, for so many working days; an objection judges everybody anew.

    Raises Refused unless the places are given away and nothing is shown at present.
    """
    held = hold(batch)
    if held.state != BatchState.CHOSEN:
        raise Refused(f"“{held}”{held.get_state_display()}，确定名单之后才能公示。")
    if shown(held):
        raise Refused("这份名单正在公示。")
    chosen = held.applications.filter(state=ApplicationState.CHOSEN).select_related("person", "branch").order_by("rank")
    lines = [f"{one.rank}. {masked(one.person.name)}（{one.branch or '未分配分工会'}）" for one in chosen]
    today = timezone.localdate()
    held.disclosure = publish(
        title=f"疗休养入选名单公示：{held}"[:100],
        lines=lines,
        starts_on=today,
        actor=actor,
        workdays=workdays,
        place=place,
    )
    saved(held, fields=["disclosure"])
    return held.disclosure


def shown(batch: RecuperationBatch) -> bool:
    """Tell whether the batch's list is on show at present."""
    return batch.disclosure is not None and batch.disclosure.state == DisclosureState.OPEN


@transaction.atomic
def close(*, subject: RecuperationBatch, actor: Any) -> RecuperationBatch:
    """Close a batch from which people are back; raises Refused while somebody who was chosen is not insured."""
    if reason := uninsured(subject):
        raise Refused(reason)
    held = hold(subject)
    if shown(held):
        raise Refused("名单正在公示，公示结束后才能结束这个批次。")
    going = held.applications.filter(state=ApplicationState.CHOSEN)
    if going.exists():
        take_all(going, action="go", actor=actor)
    return take(subject=held, action="close", actor=actor)


def uninsured(batch: RecuperationBatch) -> str:
    """Return whose insurance is missing, in a sentence, or nothing."""
    lacking = batch.applications.filter(state=ApplicationState.CHOSEN, policy="").order_by("rank")
    names = list(lacking.values_list("person__name", flat=True)[: _NAMED + 1])
    if not names:
        return ""
    more = "等" if len(names) > _NAMED else ""
    return f"{'、'.join(names[:_NAMED])}{more}还没有登记意外险，不能结束这个批次。"


@transaction.atomic
def cancel(*, subject: RecuperationBatch, actor: Any, why: str) -> RecuperationBatch:
    """Cancel a batch; who applied is withdrawn with it. Raises Refused once people went."""
    held = hold(subject)
    if held.applications.filter(state=ApplicationState.GONE).exists():
        raise Refused(f"“{held}”已有人参加，不能取消。")
    living = held.applications.exclude(state=ApplicationState.WITHDRAWN)
    if living.exists():
        take_all(living, action="withdraw", actor=actor, why=why)
    return take(subject=held, action="cancel", actor=actor, why=why)


@transaction.atomic
def withdraw(*, subject: RecuperationApplication, actor: Any, why: str) -> RecuperationApplication:
    """Take an application back, or one entered by mistake; raises Refused while its share is in the ledger."""
    must_be_unpaid(kind=SUBJECT, row=hold(subject))
    return take(subject=subject, action="withdraw", actor=actor, why=why)


def unposted() -> "QuerySet[RecuperationApplication]":
    """Return the applications of all batches whose share, borne by the union, no entry of the ledger pays yet."""
    gone = RecuperationApplication.objects.filter(state=ApplicationState.GONE, union_share__gt=0)
    return unpaid(gone, kind=SUBJECT, prepared_by="choose")


def dues(batch: RecuperationBatch) -> Dues:
    """Return what the union bears of a batch for those who went, from its own money."""
    return Dues(
        kind=SUBJECT,
        posting=PostingKind.RECUPERATION,
        rows=RecuperationApplication.objects.filter(batch=batch, state=ApplicationState.GONE),
        amount="union_share",
        day="batch__ends_on",
        prepared_by="choose",
    )


@transaction.atomic
def post_shares(*, batch: RecuperationBatch, actor: User, **posting: Any) -> Posting:
    """Post the union's shares of a batch that wait, as `settling.pay` says: once each until its entry is reversed."""
    held = hold(batch)
    return pay(dues=dues(held), about=f"疗休养：{held}", key=f"recuperation:{held.pk}", actor=actor, **posting)
