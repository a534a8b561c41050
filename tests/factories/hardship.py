"""Standards, files and aids of hardship: plain functions over the services, invented figures."""

import datetime as dt
import itertools
from decimal import Decimal
from typing import Any

from django.utils import timezone

from members.people.models import Person
from tests.factories import members
from union_portal.accounts.enums import Role
from union_portal.accounts.models import User
from union_portal.base.steps import record, take
from welfare.disclosure import services as notices
from welfare.disclosure.models import Objection
from welfare.hardship.enums import AidKind, Cause, HardshipKind
from welfare.hardship.models import (
    HardshipAid,
    HardshipAidRule,
    HardshipCost,
    HardshipFile,
    HardshipStandard,
    HouseholdMember,
)
from welfare.hardship.services import aids, files

_numbers = itertools.count(1)
APPLIED = dt.date(2024, 3, 4)
# type, aid, what the rule tells: one province's caps, as an example
CAPS: tuple[tuple[HardshipKind, AidKind, dict[str, Any]], ...] = (
    (HardshipKind.DEEP, AidKind.LIVING, {"months": Decimal(10)}),
    (
        *(HardshipKind.DEEP, AidKind.MEDICAL),
        {"share": Decimal(100), "share_of": Cause.MEDICAL, "asks_above": Decimal(20000), "asks_whom": "省总工会"},
    ),
    (HardshipKind.DEEP, AidKind.SCHOOLING, {"months": Decimal(10), "per_child": True}),
    (HardshipKind.RELATIVE, AidKind.LIVING, {"months": Decimal(8), "alone": True}),
    (
        *(HardshipKind.RELATIVE, AidKind.MEDICAL),
        {"share": Decimal(80), "share_of": Cause.MEDICAL, "cap": Decimal(16000), "alone": True},
    ),
    (
        *(HardshipKind.ACCIDENT, AidKind.TEMPORARY),
        {"share": Decimal(15), "share_of": Cause.ACCIDENT, "cap": Decimal(10000)},
    ),
)


def standard(**told: Any) -> HardshipStandard:
    """Make the lines of a place of its own, with the caps."""
    given = {
        "place": f"某市{next(_numbers)}",
        "line": Decimal(800),
        "average": Decimal(45000),
        "source": "市民政局通知",
    }
    made = record(HardshipStandard(valid_from=dt.date(2024, 1, 1), **{**given, **told}), actor=None)
    for hardship, aid, says in CAPS:
        record(HardshipAidRule(standard=made, hardship=hardship, aid=aid, **says), actor=None)
    return made


def file(
    *, costs: dict[Cause, int] | None = None, heads: int = 4, of: Person | None = None, **told: Any
) -> HardshipFile:
    """Enter a file with a household of so many and these costs of 2023."""
    person = of or members.member(branch=members.branch())
    given = {"standard": told.pop("standard", None) or standard(), "applied_on": APPLIED, "year": 2023}
    made = files.enter(
        file=HardshipFile(person=person, **{**given, "income": "96000", **told}),
        actor=members.account_with_role(Role.WELFARE),
    )
    for number in range(heads):
        relation = ("本人", "配偶", "子女", "母亲")[number % 4]
        record(
            HouseholdMember(file=made, name=f"家人{number}", relation=relation, at_school=relation == "子女"),
            actor=None,
        )
    for cause, amount in (costs or {}).items():
        record(HardshipCost(file=made, year=2023, cause=cause, amount=str(amount)), actor=None)
    return made


def decided(kind: HardshipKind = HardshipKind.DEEP, *, actor: User | None = None, **told: Any) -> HardshipFile:
    """Take a file to where it waits for its disclosure."""
    made = file(**told)
    files.submit(subject=made, actor=None)  # type: ignore[arg-type]
    take(subject=made, action="endorse", actor=None)
    return files.decide(
        subject=made,
        actor=actor or members.account_with_role(Role.CHAIR),
        decided_kind=kind,
        decided_on=APPLIED,
        decision="工会委员会纪要1号",
    )


def listed(kind: HardshipKind = HardshipKind.DEEP, **told: Any) -> HardshipFile:
    """Take a file onto the list without waiting for the end of its term."""
    made = decided(kind, **told)
    take(subject=made, action="disclose", actor=None)
    return take(subject=made, action="enlist", actor=None, listed_on=APPLIED)


def one_of_each(person: Person) -> HardshipAid:
    """Make a file with all that hangs on it, its notice with an objection, and an aid."""
    made = decided(of=person, costs={Cause.MEDICAL: 46000})
    actor = members.account_with_role(Role.WELFARE)
    notice = files.disclose(rows=HardshipFile.objects.filter(pk=made.pk), actor=actor)
    notices.object_to(
        objection=Objection(disclosure=notice, raised_on=timezone.localdate(), text="有房产"), actor=actor
    )
    return aids.propose(aid=aid(kind=AidKind.VISIT, amount=Decimal(500), person=person), actor=actor)


def aid(of: HardshipFile | None = None, **told: Any) -> HardshipAid:
    """Return an aid that is not proposed yet."""
    given = {"kind": AidKind.LIVING, "amount": Decimal(8000), "asked_on": APPLIED, "file": of}
    person = of.person if of is not None else told.pop("person", None) or members.member()
    return HardshipAid(person=person, **{**given, **told})
