"""Single grants on a life event: entered, judged, approved by a second person, paid; or recorded from paper."""

import datetime as dt
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from members.models import Kinship, Person
from union_portal.accounts.models import User
from union_portal.base.errors import DomainError, Refused
from welfare.enums import EventKind, Form, GrantState, PostingKind, WarningCode
from welfare.models import Benefit, Fund, Grant, GrantMove, LifeEvent, Posting
from welfare.services.four_eyes import may_approve_grant
from welfare.services.objections import raise_warnings, unanswered, unconfirmed
from welfare.services.paying import approval_of, pay_grant, take_back_entry
from welfare.services.rounds.steps import hold_grant, move_grant
from welfare.services.verdicts import Objection, Verdict, judge, rule_in_force

# Two events of one kind for one person or family closer than this look like one event with two dates.
NEAR_DAYS = 60


def events_of_family(*, kind: str, person: Person) -> QuerySet[LifeEvent]:
    """Return the events of the kind that happened to the person or to somebody related in the register."""
    kin = Kinship.objects.filter(person=person).values("related")
    kin_of = Kinship.objects.filter(related=person).values("person")
    return LifeEvent.objects.filter(Q(whose=person) | Q(whose__in=kin) | Q(whose__in=kin_of), kind=kind)


def similar_events(*, event: LifeEvent) -> QuerySet[LifeEvent]:
    """Return other events that look like the same one under another date."""
    span = dt.timedelta(days=NEAR_DAYS)
    near = events_of_family(kind=event.kind, person=event.whose).exclude(pk=event.pk)
    return near.filter(occurred_on__range=(event.occurred_on - span, event.occurred_on + span))


@transaction.atomic
def record_event(
    *,
    kind: EventKind,
    whose: Person,
    occurred_on: dt.date,
    actor: User | None,
    relation: str = "",
    ended_on: dt.date | None = None,
    variant: str = "",
    note: str = "",
) -> LifeEvent:
    """Return the event, made if nobody has entered it: the family's own of the same kind and day is shared.

    `whose` is the person it happened to, or the member who reports it about a relative outside the register, with
    `relation`. Raises DomainError for a day in the future.
    """
    if occurred_on > timezone.localdate():
        raise DomainError("事件日期不能晚于今天。", field="occurred_on")
    shared = events_of_family(kind=kind, person=whose).filter(occurred_on=occurred_on)
    if relation:
        shared = shared.exclude(relation="", whose=whose)
    found = shared.order_by("pk").first()
    if found is not None:
        return found
    return LifeEvent.objects.create(
        kind=kind,
        whose=whose,
        relation=relation,
        occurred_on=occurred_on,
        ended_on=ended_on,
        variant=variant,
        note=note,
        entered_by=actor,
    )


@transaction.atomic
def enter(  # noqa: PLR0913
    *,
    person: Person,
    benefit: Benefit,
    event: LifeEvent,
    actor: User,
    amount: Decimal | None = None,
    form: str = "",
    relation: str = "",
    granted_on: dt.date | None = None,
    source: str = "",
) -> Grant:
    """Enter a case for approval, judged by the rule in force; the amount is the rule's standard if left out.

    Raises DomainError when the person already has the benefit for the event.
    """
    day = granted_on or timezone.localdate()
    branch = Person.objects.with_branch(on=event.occurred_on).get(pk=person.pk).branch_id_on
    grant = Grant(
        person=person,
        benefit=benefit,
        event=event,
        relation=relation,
        branch_id=branch,
        state=GrantState.SUBMITTED,
        form=form or benefit.form,
        amount=amount,
        granted_on=day,
        source=source,
        prepared_by=actor,
    )
    if amount is None:
        rule = rule_in_force(benefit=benefit, on=day, variant=event.variant, relation=relation)
        grant.amount = rule.standard if rule is not None else None
    _insert(grant)
    GrantMove.objects.create(subject=grant, action="enter", source="", target=GrantState.SUBMITTED, actor=actor)
    judge_case(grant=grant)
    return grant


def _insert(grant: Grant) -> None:
    try:
        with transaction.atomic():
            grant.save(force_insert=True)
    except IntegrityError as error:
        raise DomainError(
            f"{grant.person} 就此事件已享受“{grant.benefit}”。",
            field="person",
        ) from error


def verdict(*, grant: Grant) -> Verdict:
    """Judge the case as it stands."""
    return judge(
        person=grant.person,
        benefit=grant.benefit,
        amount=grant.amount,
        form=grant.form,
        on=grant.granted_on,
        variant=grant.event.variant if grant.event else "",
        relation=grant.relation,
        event=grant.event,
        grant=grant if grant.pk else None,
    )


@transaction.atomic
def judge_case(*, grant: Grant) -> Verdict:
    """Judge the case, note the rule on it and raise its warnings, two dates for one event among them."""
    found = verdict(grant=grant)
    objections = list(found.objections)
    if grant.event is not None and (near := similar_events(event=grant.event).order_by("occurred_on").first()):
        words = f"同类事件已登记在 {near.occurred_on}，是否为同一事件？"
        objections.append(Objection(WarningCode.TWO_DATES, words, 1, found.rule))
    grant.rule = found.rule
    grant.save(update_fields=["rule"])
    raise_warnings(objections=objections, grant=grant)
    return found


@transaction.atomic
def change(*, grant: Grant, amount: Decimal | None, form: str, actor: User) -> Grant:
    """Change amount and form of a case that waits for approval, and judge it anew; the changer becomes its preparer."""
    held = hold_grant(grant)
    if held.state != GrantState.SUBMITTED:
        raise Refused("该慰问已办理，不能再修改。")
    held.amount, held.form, held.prepared_by = amount, form, actor
    held.save(update_fields=["amount", "form", "prepared_by"])
    judge_case(grant=held)
    return held


@transaction.atomic
def approve(*, grant: Grant, actor: User) -> Grant:
    """Approve a case as a second person: it becomes due.

    Raises Refused for the preparer, for the recipient and kin, and while a warning lacks answer or confirmation.
    """
    held = hold_grant(grant)
    may_approve_grant(grant=held, actor=actor)
    if unanswered(grant=held):
        raise Refused("请先为超标提醒填写理由和文件。")
    if unconfirmed(grant=held):
        raise Refused("请先由另一人确认对超标提醒的说明。")
    move_grant(held, "approve", actor=actor, approved_by=actor, approved_at=timezone.now())
    return held


@transaction.atomic
def decline(*, grant: Grant, actor: User, reason: str) -> Grant:
    """Decline a case, with the reason."""
    if not reason.strip():
        raise DomainError("请填写原因。", field="reason")
    held = hold_grant(grant)
    move_grant(held, "decline", actor=actor, why=reason, reason=reason[:200])
    return held


@transaction.atomic
def pay(
    *, grant: Grant, fund: Fund, on: dt.date, actor: User | None, received_by: Person | None = None
) -> Posting | None:
    """Hand an approved case over: received on the day; cash and coupons are posted, once. Goods are posted by invoice.

    Asked twice, it returns the posting already there.
    """
    held = hold_grant(grant)
    if held.round_id is not None:
        raise Refused("该记录属于发放批次，随批次发放。")
    if held.state != GrantState.RECEIVED:
        move_grant(held, "receive", actor=actor, received_on=on, received_by=received_by)
    else:
        paid = held.entries.filter(reverses__isnull=True).select_related("posting").order_by("pk").last()
        return paid.posting if paid else None
    if held.form not in {Form.CASH, Form.COUPON}:
        return None
    return pay_grant(grant=held, fund=fund, on=on, approval=approval_of(held), kind=PostingKind.GRANT)


@transaction.atomic
def take_back(*, grant: Grant, on: dt.date, actor: User | None, reason: str) -> Grant:
    """Cancel an approved or paid case, with the reason (no names); a living entry is reversed."""
    if not reason.strip():
        raise DomainError("请填写原因。", field="reason")
    held = hold_grant(grant)
    take_back_entry(grant=held, on=on, reason=reason, approval=approval_of(held))
    move_grant(held, "cancel", actor=actor, why=reason, reason=reason[:200])
    return held


@transaction.atomic
def return_payment(*, grant: Grant, on: dt.date, actor: User | None, reason: str) -> Grant:
    """Mark a case's bank payment as returned: reverses its entry; `pay` pays it again."""
    if not reason.strip():
        raise DomainError("请填写银行退票原因或回单。", field="reason")
    held = hold_grant(grant)
    take_back_entry(grant=held, on=on, reason=reason, approval=approval_of(held))
    move_grant(held, "return", actor=actor, why=reason, received_on=None)
    return held
