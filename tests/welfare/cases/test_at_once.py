"""Many at once: two approvers, two branches, ten clicks; what is given is given once."""

import datetime as dt
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

import pytest
from django.db import connection

from members.kin import services as kin
from members.people.models import Person
from tests.factories import members
from tests.factories import rounds as welfare
from union_portal.accounts.enums import Role
from union_portal.accounts.models import User
from union_portal.base.errors import DomainError
from welfare.benefits.models import BenefitRule
from welfare.books.models import Fund
from welfare.cases import services as cases
from welfare.cases.services import Told
from welfare.grants.enums import GrantState
from welfare.grants.models import Grant
from welfare.ledger.models import LedgerEntry, Posting
from welfare.life_events.enums import EventKind
from welfare.life_events.models import LifeEvent

pytestmark = [pytest.mark.attack, pytest.mark.django_db(transaction=True)]
DAY = dt.date(2024, 3, 1)
CLICKS = 10


def at_once(*works: Callable[[], object]) -> list[object]:
    """Do the works in threads that start together, each on a connection of its own; refusals are returned."""
    start = threading.Barrier(len(works))

    def one(work: Callable[[], object]) -> object:
        try:
            start.wait()
            return work()
        except DomainError as refused:
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(len(works)) as threads:
        return list(threads.map(one, works))


def told(person: Person, **more: object) -> Told:
    return Told(**{"person": person, "kind": EventKind.HOSPITAL, "occurred_on": DAY, **more})  # type: ignore[arg-type]


def approver(role: Role = Role.CHAIR) -> User:
    return members.account_with_role(role)


def test_two_approvers_of_one_application_approve_it_once() -> None:
    made = cases.register(told=told(members.member()), actor=welfare.officer(), reported=False)
    two = [approver(), approver(Role.VICE_CHAIR)]
    results = at_once(*(lambda one=one: cases.approve(subject=made, actor=one) for one in two))
    assert sum(isinstance(one, Grant) for one in results) == 1, results
    made.refresh_from_db()
    assert made.approved_by in two
    assert made.moves.filter(action="approve").count() == 1


def test_approving_and_declining_at_once_does_one_of_both() -> None:
    made = cases.register(told=told(members.member()), actor=welfare.officer(), reported=False)
    first, second = approver(), approver()
    at_once(
        lambda: cases.approve(subject=made, actor=first),
        lambda: cases.decline(subject=made, actor=second, code="not_entitled"),
    )
    assert made.moves.filter(action__in=["approve", "decline"]).count() == 1


@pytest.mark.parametrize(("couples", "grants"), [("once", 1), ("each", 2)])
def test_two_branches_enter_one_birth_at_once(couples: str, grants: int) -> None:
    BenefitRule.objects.filter(benefit__code="birth", example=False).update(
        couples=couples, standard=Decimal(1000), cap=Decimal(1000)
    )
    people = [members.member(branch=members.branch(name=name)) for name in ("外国语分工会", "化学分工会")]
    kin.add_kin(person=people[0], related=people[1], relation="spouse")
    chairs = [
        members.account_with_role(Role.BRANCH_CHAIR, branches=(person.assignments.get().branch,)) for person in people
    ]
    results = at_once(
        *(
            lambda person=person, chair=chair: cases.register(
                told=told(person, kind=EventKind.BIRTH), actor=chair, reported=True
            )
            for person, chair in zip(people, chairs, strict=True)
        )
    )
    assert Grant.objects.count() == grants, results
    assert LifeEvent.objects.count() == 1
    assert [getattr(one, "code", "") for one in results if isinstance(one, DomainError)] == ["covered_by_spouse"] * (
        2 - grants
    )


def test_ten_clicks_enter_one_case_and_pay_it_once() -> None:
    person, officer, chair, treasurer = members.member(), welfare.officer(), approver(), welfare.treasurer()
    asked = told(person, amount=Decimal(500))
    at_once(*[lambda: cases.register(told=asked, actor=officer, reported=False)] * CLICKS)
    made = Grant.objects.get()
    at_once(*[lambda: cases.approve(subject=made, actor=chair)] * CLICKS)
    fund = welfare.fund()
    at_once(*[lambda: cases.pay(subject=made, fund=fund, on=DAY, actor=treasurer)] * CLICKS)
    assert Posting.objects.get().total == Decimal(500)
    made.refresh_from_db()
    assert made.state == GrantState.RECEIVED


def test_ten_clicks_for_each_of_two_payers_leave_one_grant_a_payer() -> None:
    rule = BenefitRule.objects.get(benefit__code="hospital", variant="", example=False)
    payers = list(Fund.objects.order_by("pk")[:2])
    for payer in payers:
        BenefitRule.objects.create(
            benefit=rule.benefit,
            payer=payer,
            form=rule.form,
            standard=Decimal(500),
            cap=Decimal(500),
            valid_from=rule.valid_from,
            source="两处列支",
        )
    rule.delete()
    person, officer = members.member(), welfare.officer()
    results = at_once(
        *[
            lambda payer=payer: cases.register(
                told=told(person, payer=payer, amount=Decimal(500)), actor=officer, reported=False
            )
            for payer in payers
            for _click in range(CLICKS // 2)
        ]
    )
    assert sorted(Grant.objects.values_list("payer", flat=True)) == [payer.pk for payer in payers], results
    refused = {getattr(one, "code", "") for one in results if isinstance(one, DomainError)}
    assert refused == {"already_paid_elsewhere"}


def test_a_member_who_clicks_ten_times_applies_once() -> None:
    person = members.member()
    account = members.account(of=person)
    at_once(*[lambda: cases.apply(told=told(person), actor=account)] * CLICKS)
    assert Grant.objects.get().state == GrantState.APPLIED
    assert not LedgerEntry.objects.exists()
