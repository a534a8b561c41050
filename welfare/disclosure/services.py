"""Notices: published with masked names, ended when nobody objected in time, broken by an objection."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone

from union_portal.base.errors import DomainError, Refused
from union_portal.base.steps import hold, move, record
from welfare.disclosure.enums import DisclosureState
from welfare.disclosure.models import Disclosure, Objection
from welfare.disclosure.signals import disclosure_broken, disclosure_ended
from welfare.workdays.services import Term, working_days


def masked(name: str) -> str:
    """Return a name of which the first character is legible: 欧阳某某 is 欧***, 张三 is 张*."""
    return name[:1] + "*" * (len(name) - 1)


@transaction.atomic
def publish(
    *, title: str, lines: Iterable[str], starts_on: dt.date, actor: Any, workdays: int = 5, place: str = ""
) -> Disclosure:
    """Publish these lines, which name nobody in full, from the day on; the day after is the first working day.

    Raises DomainError for a day to come, for no line and for no day.
    """
    told = [line.strip() for line in lines if line.strip()]
    if not told:
        raise DomainError("没有可公示的内容。")
    if not workdays:
        raise DomainError("公示至少一个工作日。", field="workdays")
    if starts_on > timezone.localdate():
        raise DomainError("公示日期不能晚于今天。", field="starts_on")
    term = working_days(after=starts_on, days=workdays)
    made = Disclosure(
        title=title,
        lines="\n".join(told),
        place=place,
        starts_on=starts_on,
        workdays=workdays,
        ends_on=term.day,
        certain=term.certain,
        entered_by=actor,
    )
    return record(made, actor=actor)


def term_of(disclosure: Disclosure) -> Term:
    """Return the last day as the calendar of working days is known now."""
    return working_days(after=disclosure.starts_on, days=disclosure.workdays)


def must_be_over(*, disclosure: Disclosure) -> None:
    """Raise Refused as long as the term runs: its last day is the objectors' still."""
    term = term_of(disclosure)
    if timezone.localdate() <= term.day:
        raise Refused(f"公示期至 {term}，期满后的次日起才能结束公示。")


@transaction.atomic
def end(*, subject: Disclosure, actor: Any) -> Disclosure:
    """End a notice to which nobody objected in time; what it disclosed holds from now on."""
    held = hold(subject)
    held.machine.step(state=held.state, action="end")
    must_be_over(disclosure=held)
    term = term_of(held)
    move(held, "end", actor=actor, ends_on=term.day, certain=term.certain)
    disclosure_ended.send(sender=Disclosure, disclosure=held, actor=actor, why="")
    return held


@transaction.atomic
def withdraw(*, subject: Disclosure, actor: Any, why: str) -> Disclosure:
    """Take a notice down; what it disclosed is decided anew."""
    held = hold(subject)
    move(held, "withdraw", actor=actor, why=why)
    disclosure_broken.send(sender=Disclosure, disclosure=held, actor=actor, why=f"公示撤下：{why}")
    return held


@transaction.atomic
def object_to(*, objection: Objection, actor: Any) -> Objection:
    """Register an objection: the notice is broken, what it disclosed is decided anew.

    Raises DomainError for a day outside the notice's, Refused once the notice has ended.
    """
    held = hold(objection.disclosure)
    if held.state not in {DisclosureState.OPEN, DisclosureState.OBJECTED}:
        raise Refused(f"公示{held.get_state_display()}，不再登记异议；有新情况的，请在原事项中重新办理。")
    if not held.starts_on <= objection.raised_on <= term_of(held).day:
        raise DomainError("提出日期不在公示期内。", field="raised_on")
    objection.disclosure = held
    made = record(objection, actor=actor)
    if held.state == DisclosureState.OPEN:
        move(held, "object", actor=actor)
        disclosure_broken.send(sender=Disclosure, disclosure=held, actor=actor, why="公示期间有异议，重新评定")
    return made
