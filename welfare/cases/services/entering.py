"""Single grants on a life event: entered by the officer or reported by a branch, filled in anew, withdrawn."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from members.people.models import Person
from union_portal.accounts.models import User
from union_portal.base.errors import Refused
from union_portal.base.steps import hold, move, record, saved, take
from welfare.approvals.services import must_not_wait
from welfare.cases.models import Evidence
from welfare.cases.services.proposing import Told, settle_form, settled
from welfare.grants.enums import GrantState, WarningCode
from welfare.grants.models import Grant
from welfare.grants.services.layers import Layers
from welfare.grants.services.objecting import Objection
from welfare.grants.services.verdicts import Limit, Verdict, judge, layers_for
from welfare.grants.services.warnings import answer, raise_warnings
from welfare.life_events.models import LifeEvent
from welfare.life_events.services import hold_family, record_event, similar_events, standing_event


@dataclass(frozen=True, kw_only=True)
class Beside:
    """What comes with a case: evidence to keep and to drop, and why it is given although a rule objects."""

    papers: Iterable[Any] = ()
    dropped: Iterable[Evidence] = ()
    reason: str = ""
    document: str = ""


@transaction.atomic
def register(*, told: Told, actor: User, reported: bool, beside: Beside | None = None) -> Grant:
    """Enter a case as it is told, on the event that stands already or on a new one.

    `reported` by a branch it waits for the welfare officer, otherwise for approval. Raises DomainError at the field
    that is wrong, when the person already has the benefit for the event, and at what must be answered before approval.
    """
    state = GrantState.REPORTED if reported else GrantState.SUBMITTED
    return _registered(told, actor, state, beside or Beside())


@transaction.atomic
def apply(*, told: Told, actor: User, beside: Beside | None = None) -> Grant:
    """Enter a case that a member asks for himself; it waits for the own branch, as `register` otherwise.

    Raises Refused for somebody else's.
    """
    if told.person.user_id != actor.pk:
        raise Refused("只能为本人申请；为他人申请请联系分工会。")
    return _registered(told, actor, GrantState.APPLIED, beside or Beside())


def _registered(told: Told, actor: User, state: GrantState, beside: Beside) -> Grant:
    told = settled(told)
    event = told.same_as or record_event(event=told.event(), actor=actor)
    made = enter(grant=Grant(event=event, **told.fields()), actor=actor, state=state)
    _keep(made, beside, actor, answered=state == GrantState.SUBMITTED)
    return made


@transaction.atomic
def enter(*, grant: Grant, actor: User, state: GrantState = GrantState.SUBMITTED) -> Grant:
    """Enter a case on a life event for approval, judged by the rule in force.

    The form is the rule's, the amount its standard and the day today where they are left out. Raises DomainError for a
    form the rule does not know, and when the person already has the benefit for the event.
    """
    grant.granted_on = grant.granted_on or timezone.localdate()
    hold_family(person=grant.person)
    grant.branch_id = _branch_of(grant)
    found = layers_for(grant)
    limits = settle_form(grant, found=found)
    grant.state = state
    grant.prepared_by = actor
    record(grant, actor=actor)
    judge_case(grant=grant, found=found, limits=limits)
    return grant


def _branch_of(grant: Grant) -> Any:
    event: LifeEvent = grant.event  # type: ignore[assignment]
    return Person.objects.with_branch(on=event.occurred_on).get(pk=grant.person_id).branch_id_on


@transaction.atomic
def judge_case(*, grant: Grant, found: Layers | None = None, limits: list[Limit] | None = None) -> Verdict:
    """Judge the case, note the rule on it and raise its warnings, two dates for one event among them.

    What is known already of the layers and what their caps leave is handed in.
    """
    verdict = judge(grant=grant, found=found, limits=limits)
    objections = list(verdict.objections)
    if grant.event is not None and (near := similar_events(event=grant.event).order_by("occurred_on").first()):
        words = f"同类事件已登记在 {near.occurred_on}，是否为同一事件？"
        objections.append(Objection(WarningCode.TWO_DATES, words, 1, verdict.rule))
    grant.rule = verdict.rule
    grant.save(update_fields=["rule"])
    raise_warnings(objections=objections, grant=grant)
    return verdict


@transaction.atomic
def amend(*, subject: Grant, told: Told, action: str, actor: User, beside: Beside | None = None) -> Grant:
    """Fill a case in anew and send it on: `apply` to the branch, `report` to the officer, `submit` for approval.

    It is judged anew.
    Whoever does so becomes its preparer. Raises Refused once it is approved or while a paper waits, DomainError at the
    field that is wrong.
    """
    told = settled(told)
    hold_family(person=told.person)
    held = hold(subject, "person", "benefit")
    held.machine.step(state=held.state, action=action)
    must_not_wait(held.paper_approval)
    before = held.event
    event = _event_again(held, told, actor)
    draft = Grant(pk=held.pk, event=event, **told.fields())
    found = layers_for(draft)
    limits = settle_form(draft, found=found)
    settled_on = {**told.fields(), "form": draft.form, "amount": draft.amount, "branch_id": _branch_of(draft)}
    take(subject=held, action=action, actor=actor, event=event, prepared_by=actor, reason="", **settled_on)
    if before is not None and before != event and not before.grants.exists():
        before.delete()
    held = hold(held, "person", "benefit", "event")
    judge_case(grant=held, found=found, limits=limits)
    _keep(held, beside or Beside(), actor, answered=action == "submit")
    return held


def _event_again(held: Grant, told: Told, actor: User) -> LifeEvent:
    """Return the event of a case that is told anew: corrected where nobody shares it, else found or made."""
    before = held.event
    if told.same_as is not None:
        return told.same_as
    if before is None:
        return record_event(event=told.event(), actor=actor)
    alone = not before.grants.exclude(pk=held.pk).exists()
    facts = (told.person, told.kind, told.relation, told.occurred_on)
    if not alone and facts == (held.person, before.kind, held.relation, before.occurred_on):
        return before
    standing = standing_event(event=told.event())
    if standing is not None and standing != before:
        return standing
    if not alone:
        return record_event(event=told.event(), actor=actor)
    for name in ("kind", "whose", "relation", "occurred_on", "ended_on", "variant", "condition"):
        setattr(before, name, getattr(told.event(), name))
    return saved(before)


def _keep(held: Grant, beside: Beside, actor: User, *, answered: bool) -> None:
    """Keep the evidence that came, drop what is to go, and answer the warnings with what was said.

    What goes to approval must be `answered`: an approver could do nothing with it.
    """
    for one in beside.dropped:
        one.delete()
    for paper in beside.papers:
        saved(Evidence(grant=held, scan=paper, added_by=actor))
    said = beside.reason.strip() or beside.document.strip()
    waiting = held.warnings.filter(confirmed_by=None)
    if not said:
        waiting = waiting.filter(answered_by=None) if answered else waiting.none()
    for warning in waiting:
        answer(warning=warning, reason=beside.reason, document=beside.document, actor=actor)


@transaction.atomic
def withdraw(*, subject: Grant, actor: User) -> Grant:
    """Take a case back before it is decided; it can be filled in and sent again."""
    held = hold(subject)
    must_not_wait(held.paper_approval)
    move(held, "withdraw", actor=actor)
    return held
