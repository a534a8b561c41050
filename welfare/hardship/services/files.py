"""Files: entered, decided by the committee, disclosed, listed, checked anew; every look at one is logged."""

from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from members.people.models import Person
from union_portal.accounts.enums import Access, DataClass
from union_portal.accounts.models import User
from union_portal.accounts.services.access import log_access
from union_portal.base.errors import DomainError, Refused
from union_portal.base.steps import hold, move, record, take_all
from welfare.disclosure.models import Disclosure
from welfare.disclosure.services import masked, publish
from welfare.grants.services.four_eyes import own_and_kin, second_person
from welfare.hardship.enums import FileState
from welfare.hardship.models import HardshipFile, HardshipReview
from welfare.hardship.services.assessing import assess_file


@transaction.atomic
def enter(*, file: HardshipFile, actor: User) -> HardshipFile:
    """Enter an application, with the branch of its day. Raises DomainError at the field."""
    if file.person_id and file.applied_on:
        file.branch_id = Person.objects.with_branch(on=file.applied_on).get(pk=file.person_id).branch_id_on
    file.entered_by = actor
    return record(file, actor=actor)


def look(*, file: HardshipFile, user: User) -> None:
    """Log that somebody read a household's circumstances."""
    log_access(
        user=user,
        action=Access.REVEAL,
        kind="hardship_file",
        subject=str(file.pk),
        data_class=DataClass.HEALTH,
        purpose="办理困难档案",
    )


def must_be_told(*, file: HardshipFile) -> None:
    """Raise Refused for a file without a household."""
    if not file.household.filter(lives_together=True).exists():
        raise Refused("请先登记共同生活的家庭成员，本人也在内。")


@transaction.atomic
def submit(*, subject: HardshipFile, actor: User) -> HardshipFile:
    """Hand a file to the branch once its household is told."""
    held = hold(subject)
    held.machine.step(state=held.state, action="submit")
    must_be_told(file=held)
    move(held, "submit", actor=actor)
    return held


def may_decide(*, file: HardshipFile, actor: User) -> None:
    """Raise Refused for whoever entered the file, and for the person and kin."""
    second_person(prepared_by=file.entered_by_id, actor=actor)
    if own_and_kin(user=actor).filter(pk=file.person_id).exists():
        raise Refused("不能评定本人或亲属的困难档案，请由同事办理。")


@transaction.atomic
def decide(*, subject: HardshipFile, actor: User, **decision: Any) -> HardshipFile:
    """Register what the committee decided, and beside it what the figures come to on this day."""
    held = hold(subject)
    held.machine.step(state=held.state, action="decide")
    may_decide(file=held, actor=actor)
    if decision["decided_on"] < held.applied_on:
        raise DomainError("评定日期早于申请日期。", field="decided_on")
    found = assess_file(held)
    HardshipReview.objects.create(
        file=held,
        year=held.year,
        standard=held.standard,
        heads=found.household.heads,
        per_head=str(found.per_head),
        computed_kind=found.kind,
        **decision,
    )
    move(held, "decide", actor=actor, **decision)
    return held


@transaction.atomic
def decline(*, subject: HardshipFile, actor: User, why: str) -> HardshipFile:
    """Decline a file, with the reason, as another person than who entered it."""
    held = hold(subject)
    held.machine.step(state=held.state, action="decline")
    may_decide(file=held, actor=actor)
    move(held, "decline", actor=actor, why=why)
    return held


@transaction.atomic
def disclose(*, rows: "QuerySet[HardshipFile]", actor: User) -> Disclosure:
    """Publish what was decided about these people, with masked names, for five working days from today."""
    held = list(rows.select_related("person", "branch").order_by("pk").select_for_update(of=("self",)))
    if any(one.state != FileState.DECIDED for one in held):
        raise Refused("只有评定后待公示的档案可以公示。")
    today = timezone.localdate()
    lines = [f"{masked(one.person.name)}（{one.branch or '校工会'}）：{one.get_decided_kind_display()}" for one in held]
    made = publish(title=f"困难职工认定公示（{today}）", lines=lines, starts_on=today, actor=actor)
    take_all(
        HardshipFile.objects.filter(pk__in=[one.pk for one in held]), action="disclose", actor=actor, disclosure=made
    )
    return made
