"""Mutual-aid covers: enrolled from a list, corrected, withdrawn and annulled with a reason."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from members.memberships.models import Membership
from members.people.models import Person
from union_portal.accounts.models import User
from union_portal.base.encryption import blind_index
from union_portal.base.errors import DomainError, Refused
from union_portal.base.identity import check_identity
from union_portal.base.steps import explained, hold, take, take_all
from welfare.mutual_aid.models import Cover, MutualAidPlan
from welfare.mutual_aid.services.premiums import posted
from welfare.rosters.services.lists import matched, refuse_lines

# Where a line of the list has the identity number.
IDENTITY = 2


@transaction.atomic
def enrol(
    *, plan: MutualAidPlan, lines: Iterable[tuple[str, ...]], starts_on: dt.date, actor: Any = None, **facts: Any
) -> int:
    """Cover everybody on the list (staff number, name, perhaps identity number) for one term; returns how many.

    All or nothing. `facts` are the covers' other fields; the premium (yuan per person) is the plan's unless given.
    Raises DomainError naming every line that does not match the register, has a wrong identity number, or is of
    somebody the plan is not for, who is no member on the first day or covered by the plan on a day of the term.
    """
    if facts.get("premium") is None:
        facts["premium"] = plan.premium
    parts = plan.parts(facts["premium"])
    told = list(lines)
    keys, faults = matched(told)
    people = Person.objects.filter(pk__in=keys.values())
    wrong = unfit(plan=plan, people=people.in_bulk(), starts_on=starts_on, ends_on=plan.last_day(starts_on))
    faults |= wrong_identities(told, keys)
    faults |= {place: wrong[key] for place, key in keys.items() if key in wrong}
    refuse_lines(faults, why=f"名单中有 {len(faults):,} 条不能参保")
    made = [
        Cover(
            plan=plan,
            person_id=person,
            branch_id=branch,
            starts_on=starts_on,
            ends_on=plan.last_day(starts_on),
            entered_by=actor,
            **facts,
            **parts,
        )
        for person, branch in people.with_branch(on=starts_on).values_list("pk", "branch_id_on")
    ]
    try:
        with transaction.atomic():
            Cover.objects.bulk_create(made)
    except IntegrityError as error:
        raise explained(error, Cover) from error
    return len(made)


def wrong_identities(lines: Sequence[tuple[str, ...]], keys: Mapping[int, int]) -> dict[int, str]:
    """Say by place which identity numbers of the list are none, or not the registered ones; one query.

    A line without a number, and a person of whom none is registered, are not judged.
    """
    numbers = {place: line[2] for place, line in enumerate(lines, 1) if len(line) > IDENTITY and line[IDENTITY]}
    known = dict(Person.objects.filter(pk__in=keys.values()).values_list("pk", "identity_index")) if numbers else {}
    found: dict[int, str] = {}
    for place, number in numbers.items():
        try:
            cleaned = check_identity(number).number
        except DomainError as error:
            found[place] = f"证件号码有误（{str(error).rstrip('。')}）"
            continue
        registered = known.get(keys.get(place, 0))
        if registered and registered != blind_index(cleaned):
            found[place] = "证件号码与名册登记的不一致"
    return found


def unfit(*, plan: MutualAidPlan, people: Mapping[int, Person], starts_on: dt.date, ends_on: dt.date) -> dict[int, str]:
    """Say of the people who cannot be covered for the term why not; two queries."""
    found: dict[int, str] = {}
    for start, end, covered in Cover.objects.overlapping(plan, people, starts_on, ends_on):
        found[covered] = f"已参加“{plan}”（{start} 至 {end}），保障期重叠"
    standing = gone(people=people, on=starts_on)
    for key, person in people.items():
        if plan.only_gender and person.gender != plan.only_gender:
            own = f"登记为{person.get_gender_display()}" if person.gender else "未登记性别"
            found[key] = f"{own}，“{plan}”仅限{plan.get_only_gender_display()}"
        if key in standing:
            found[key] = standing[key]
        elif not plan.also_retired and person.retired_on is not None and person.retired_on < starts_on:
            found[key] = f"已于 {person.retired_on} 退休，“{plan}”只保在职职工"
    return found


def gone(*, people: Mapping[int, Person], on: dt.date) -> dict[int, str]:
    """Say of the people who are no members on the day since when and how; one query."""
    found: dict[int, str] = {}
    members: set[int] = set()
    for episode in Membership.objects.filter(person__in=list(people), valid_from__lte=on).order_by("valid_from"):
        if episode.valid_to is None or episode.valid_to >= on:
            members.add(episode.person_id)
        else:
            found[episode.person_id] = f"自 {episode.valid_to} 起已不是会员（{episode.get_ended_by_display()}）"
    for key, person in people.items():
        if person.died_on is not None and person.died_on <= on:
            found[key] = f"已于 {person.died_on} 去世"
        elif key in members:
            found.pop(key, None)
        else:
            found.setdefault(key, f"{on} 不是会员")
    return found


@transaction.atomic
def correct(*, subject: Cover, actor: User | None, why: str, **values: Any) -> Cover:
    """Correct the days or the premium of a cover, with the reason.

    Raises Refused while what is changed is in the ledger: its entry is reversed first, then the term posted anew.
    """
    held = hold(subject, "plan")
    told = {name: values.get(name, getattr(held, name)) for name in ("starts_on", "paid_on", "premium")}
    if any(told[name] != getattr(held, name) for name in told):
        _not_posted(held)
        _not_posted(Cover(plan=held.plan, starts_on=told["starts_on"], paid_on=told["paid_on"]))
    values |= held.plan.parts(told["premium"])
    return take(subject=subject, action="correct", actor=actor, why=why, **values)


@transaction.atomic
def withdraw(
    *, subject: Cover, actor: User | None, why: str, ends_on: dt.date, premium: Decimal | None = None
) -> Cover:
    """End a cover before its term, with its last day and the reason; where premium was given back, what is left of it.

    Raises DomainError for a day that is not within the term, Refused while a premium that changes is in the ledger.
    """
    held = hold(subject, "plan")
    if not held.starts_on < ends_on < held.ends_on:
        raise DomainError(f"退保后的截止日期须在 {held.starts_on} 之后、{held.ends_on} 之前。", field="ends_on")
    if premium != held.premium:
        _not_posted(held)
    left: dict[str, Any] = {"premium": premium, **held.plan.parts(premium)}
    return take(subject=subject, action="withdraw", actor=actor, why=why, ends_on=ends_on, **left)


@transaction.atomic
def annul(*, subject: Cover, actor: User | None, why: str) -> Cover:
    """Take back a cover that was entered by mistake, with the reason: it counts nowhere any more.

    Raises Refused while its premium is in the ledger.
    """
    held = hold(subject, "plan")
    if held.premium:
        _not_posted(held)
    return take(subject=subject, action="annul", actor=actor, why=why)


@transaction.atomic
def annul_all(*, rows: QuerySet[Cover], actor: User | None, why: str) -> int:
    """Take back many covers at once, as `annul` does one."""
    terms = ("plan_id", "starts_on", "paid_on")
    for cover in rows.filter(premium__gt=0).order_by(*terms).distinct(*terms).select_related("plan"):
        _not_posted(cover)
    return take_all(rows, action="annul", actor=actor, why=why)


def _not_posted(cover: Cover) -> None:
    entry = posted(plan=cover.plan_id, starts_on=cover.starts_on, paid_on=cover.paid_on)
    if entry is not None:
        raise Refused(
            f"这期保费已记入台账（台账单 {entry.posting}）。请先申请冲销该笔保费明细，冲销后再办理，然后重新入账。"
        )
