"""Whatever makes a row, sent three times at once from one page, makes what it makes once, without a fault.

Each form is first sent in a transaction that is undone, which tells what one sending makes; then by real threads, each
on a connection of its own, which together may make no more.
"""

import datetime as dt
import threading
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.db.models import Model
from django.test import RequestFactory
from django.utils import timezone

from congress.bodies.models import Congress
from congress.proposals.enums import ProposalState
from tests.architecture.page_rows import people_and_keys
from tests.attack import sweep
from tests.attack.filling import Sent, sent
from tests.attack.pressing import Answer, counted, opened, press, taken_back, unpainted
from tests.factories import approvals, bodies, ledger, members, proposals, rounds
from union_portal.accounts.enums import Role
from union_portal.accounts.models import User
from union_portal.base.sending import KEY
from welfare.cases import services as cases
from welfare.mutual_aid.models import MutualAidPlan
from welfare.mutual_aid.services import covers

pytestmark = [pytest.mark.attack, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("one_factor")]
TIMES = 3
BURSTS = 100
QUIET = {
    "change",
    "codes",
    "json",
    "move_down",
    "move_up",
    "pdf",
    "roll",
    "roster",
    "scan",
    "standings",
}
# Each press gives a new code; the last alone opens the account.
EACH_TIME = {"accounts.user issue_code"}
# What may be done again as it was, or in place of it: only the page's key tells a second click from a second wish.
AGAIN = {
    "congress.sitting add_item",
    "congress.survey add_question",
    "welfare.cover step_correct",
    "welfare.grant amend",
    "welfare.paperapproval step_amend",
    "welfare.postingrequest ask_income",
    "welfare.round make_sheets",
    "welfare.round step_set_price",
    "welfare:application_amend",
}
# Where proposals wait for somebody.
WAITING = [getattr(ProposalState, name) for name in ("SUBMITTED", "REFERRED", "APPROVING", "PASSED_ON", "ADVISING")]
# What pays, books or gives power must be among what was pressed.
MONEY = {
    "accounts.delegation add",
    "congress.congress elect",
    "members.admission add",
    "members.person add",
    "members.person add_relative",
    "welfare.fund add",
    "welfare.grant step_receive",
    "welfare.mutualaidplan post_premium",
    "welfare.paperapproval step_confirm",
    "welfare.posting note_voucher",
    "welfare.posting request_reversal",
    "welfare.postingrequest ask_income",
    "welfare.postingrequest ask_opening",
    "welfare.postingrequest step_approve",
    "welfare.round add",
    "welfare.round step_buy",
    "welfare.round step_post",
    "welfare.round supplement",
}


class Threads:
    """Browsers that press the same button at the same moment."""

    def __init__(self, pool: ThreadPoolExecutor) -> None:
        self.pool, self.gate = pool, threading.Barrier(TIMES)

    def press(self, form: sweep.Form, given: Sent) -> list[Answer]:
        def one() -> Answer:
            self.gate.wait(timeout=30)
            return press(form.user, form.address, given)

        return [done.result(timeout=60) for done in [self.pool.submit(one) for _time in range(TIMES)]]

    def leave(self) -> None:
        def close() -> None:
            self.gate.wait(timeout=30)
            connection.close()

        for done in [self.pool.submit(close) for _time in range(TIMES)]:
            done.result()


@pytest.fixture
def threads() -> Iterator[Threads]:
    with ThreadPoolExecutor(TIMES) as pool, unpainted():
        made = Threads(pool)
        yield made
        made.leave()


@dataclass
class World:
    """Who presses, and what is put into fields that nothing fits by itself."""

    people: dict[Role, User]
    person: str
    given: dict[str, Sent]
    told: dict[str, str] = field(default_factory=dict)


def further(people: dict[Role, User]) -> Iterator[Model]:
    """Make rows that wait for the steps to which the plain ones have not come."""
    yield rounds.approved(code="special_group", price="800", actor=people[Role.WELFARE])
    yield rounds.draft(code="special_group", actor=people[Role.WELFARE])
    yield approvals.paper()
    yield ledger.asked_income()
    yield members.person()
    # One each to take on paper, to approve, to cancel, to pay and to send back: no step is left to a case that is gone.
    yield from (rounds.case() for _case in range(2))
    yield from (cases.approve(subject=rounds.case(), actor=people[Role.CHAIR]) for _case in range(2))
    yield rounds.case()
    yield bodies.congress()
    yield from (proposals.proposal(state=state) for state in WAITING)
    plan = MutualAidPlan.objects.get(code="women")
    insured = members.member(gender="female")
    day = timezone.localdate()
    line = (insured.staff_number or "", insured.name)
    term: Any = {"starts_on": day, "paid_on": day, "source": "清单", "premium": Decimal(60)}
    covers.enrol(plan=plan, lines=[line], actor=people[Role.WELFARE], **term)
    yield plan


def fitting(people: dict[Role, User]) -> dict[str, Sent]:
    """Return what some forms are given besides what fits by itself, by their names."""
    today, one, other = timezone.localdate(), members.person(), members.member()
    lent = {"delegator": people[Role.CHAIR].pk, "delegate": people[Role.VICE_CHAIR].pk, "role": Role.CHAIR.value}
    days = {"valid_from": today, "valid_to": today + dt.timedelta(days=30), "document": "一号文"}
    term = {"began_on": today - dt.timedelta(days=30), "ends_on": today + dt.timedelta(days=900), "number": 77}
    return {
        "accounts.delegation add": lent | days,
        "members.admission add": {"person": one.pk},
        "members.person add": {"staff_number": "990001", "joined_on": today, "branch": members.branch().pk},
        "members.branch begin_term": term,
        "members.person add_relative": {"related": other.pk},
        "congress.congress add": term,
        "congress.congress elect": {"person": str(other.pk)},
        # The first fund offered may be money held for others, which pays no premium.
        "welfare.mutualaidplan post_premium": {"fund": rounds.fund().pk},
        "congress.session add": {"staff": Congress.objects.latest("pk").pk, "convened_on": today, "ends_on": today},
    }


def presses(forms: Iterable[sweep.Form]) -> Iterator[sweep.Form]:
    """Leave out what only changes a row or shows it."""
    yield from (form for form in forms if form.name.rpartition(" ")[2] not in QUIET)


def burst(form: sweep.Form, threads: Threads, world: World) -> bool:
    """Press the form's button and tell what was wrong; False where one sending alone makes nothing."""
    page = opened(form.user, form.address)
    if page.status not in {200, 302, 405}:
        return False
    given = {
        **sent(page.context, person=world.person),
        **sweep.GIVEN.get(form.name, {}),
        **world.given.get(form.name, {}),
    }
    alone = taken_back(form.user, RequestFactory().post(form.address, given), counting=True)
    if not alone.made or alone.status >= 400:
        return False
    rewind(given)
    if form.name not in AGAIN and not form.name.endswith(" add"):
        given.pop(KEY, None)
    answers = threads.press(form, given)
    faults = [answer.fault for answer in answers if answer.status >= 500]
    found = {} if form.name in EACH_TIME else counted(alone.made)
    more = {name: (rows, alone.counted[name]) for name, rows in found.items() if rows != alone.counted[name]}
    world.told[form.name] = f"{form.name}: {faults} {more}" if faults or more else ""
    return True


def rewind(given: Sent) -> None:
    """Let files be read again from their beginning."""
    for value in given.values():
        if hasattr(value, "seek"):
            value.seek(0)


def test_what_is_sent_three_times_at_once_is_made_once(threads: Threads) -> None:
    people = sweep.officers()
    first, second = sweep.rows_of_all(people), sweep.rows_of_all(people)
    more = list(further(people))
    pages = list(sweep.of_pages(*people_and_keys()))
    world = World(people, members.member().staff_number or "", fitting(people))
    forms: list[sweep.Form] = []
    for model in sweep.ADMINS:
        forms += sweep.of_row(model, first[model].pk, people)
        forms += reversed(list(sweep.of_row(model, second[model].pk, people)))
    for one in more:
        forms += reversed(list(sweep.of_row(type(one), one.pk, people)))
    forms += pages
    for form in presses(forms):
        if form.name not in world.told:
            burst(form, threads, world)
    wrong = [told for told in world.told.values() if told]
    assert not wrong, "\n".join(wrong)
    assert len(world.told) >= BURSTS
    assert world.told.keys() >= MONEY
    for account in User.objects.filter(codes__isnull=False):
        assert account.codes.filter(used_at=None, expires_at__gt=timezone.now()).count() == 1
