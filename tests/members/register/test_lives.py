"""Whole memberships by list, written at once: what the steps would have left, entry by entry, by few queries."""

import datetime as dt
import io
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from members.branches.models import BranchAssignment
from members.memberships import signals
from members.memberships.models import Membership, RegisterEntry
from members.people.models import Person
from members.register.resources.memberships import MembershipResource
from members.register.services import lives
from tests.factories import bodies, delegates
from tests.factories import members as make
from tests.members.register import hr_spreadsheet
from union_portal.base.importing.preview import ImportPreview, ImportRefused

pytestmark = pytest.mark.django_db
HEADINGS = ("工号", "变动类型", "日期", "分工会", "对方单位", "文件", "保留会籍")
ONE, OTHER = "文学院分工会", "理学院分工会"
# By person: what a list tells, in the order of the file.
HISTORIES: dict[str, list[tuple[str, ...]]] = {
    "moved": [("入会", "2010-03-01", ONE), ("调整分工会", "2013-03-01", OTHER), ("调整分工会", "2015-03-01", ONE)],
    "retired": [("建册登记", "2010-03-01", ONE), ("退休", "2018-03-01", "", "", "退休通知", "是")],
    "let-go": [("入会", "2010-03-01"), ("退休", "2018-03-01", "", "", "", "否")],
    "retires-ahead": [("入会", "2010-03-01", ONE), ("退休", "2099-03-01", "", "", "", "是")],
    "back": [
        ("转入", "2010-03-01", ONE, "甲大学工会"),
        ("退休", "2015-03-01"),
        ("恢复会籍", "2017-03-01", OTHER, "", "返聘协议"),
        ("转出", "2019-03-01", "", "乙大学工会", "函1号"),
    ],
    "gone-and-back": [("入会", "2010-03-01", OTHER), ("退会", "2014-03-01"), ("转入", "2016-03-01", ONE, "丙大学工会")],
    "expelled": [("入会", "2010-03-01", ONE), ("除名", "2012-03-01", "", "", "决定")],
    "dead": [("入会", "2010-03-01", ONE), ("去世", "2016-03-01", "", "", "证明")],
    "dead-retiree": [("入会", "2010-03-01", ONE), ("退休", "2014-03-01"), ("去世", "2016-03-01")],
    "stranger": [("调整分工会", "2012-03-01", OTHER), ("去世", "2013-03-01")],
    "kept": [("建册登记", "2011-03-01", "", "", "", "是")],
    # These are the services' alone: a retirement that did not come to pass, a branch put right on its first day.
    "forestalled": [("入会", "2010-03-01", ONE), ("退休", "2018-03-01"), ("去世", "2016-03-01")],
    "put-right": [("入会", "2010-03-01", ONE), ("调整分工会", "2010-03-01", OTHER)],
}
REFUSED: dict[str, list[tuple[str, ...]]] = {
    "twice": [("入会", "2010-03-01"), ("入会", "2012-03-01")],
    "never-came": [("退会", "2010-03-01")],
    "too-early": [("入会", "2015-03-01", "晚成立分工会")],
    "to-come": [("入会", "2099-03-01")],
    "after-death": [("去世", "2010-03-01"), ("入会", "2012-03-01")],
    "elsewhere": [("入会", "2010-03-01"), ("转出", "2012-03-01"), ("调整分工会", "2014-03-01", ONE)],
}


@pytest.fixture
def college() -> None:
    for name in (ONE, OTHER):
        make.branch(name=name)
    make.branch(name="晚成立分工会", founded_on=dt.date(2020, 1, 1))
    for name in HISTORIES | REFUSED:
        make.person(staff_number=name)


def sheet(told: dict[str, list[tuple[str, ...]]]) -> io.BytesIO:
    rows = [[name, *step, *[""] * (6 - len(step))] for name, steps in told.items() for step in steps]
    return hr_spreadsheet.workbook(rows, headings=HEADINGS)


def one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lives, "untouched", lambda _people: set())


def outcome() -> dict[str, Any]:
    """Return what the register holds, keys told by what they stand for."""
    places = {
        one.pk: f"{one.person.staff_number} {one.branch.name} {one.valid_from}"
        for one in BranchAssignment.objects.all()
    }
    told: dict[str, Any] = {}
    for name in HISTORIES:
        person = Person.objects.get(staff_number=name)
        entries = [
            (one.change, one.on, one.note, one.correction, one.actor_id, closed_of(one, places))
            for one in RegisterEntry.objects.filter(person=person).order_by("pk")
        ]
        episodes = Membership.objects.filter(person=person).order_by("valid_from")
        held = person.assignments.order_by("valid_from").values_list("branch__name", "valid_from", "valid_to")
        fields = ("valid_from", "valid_to", "state", "began_by", "ended_by", "counterpart", "document")
        days = (person.died_on, person.retired_on, person.retires_on, person.kind, person.employment)
        told[name] = (list(episodes.values_list(*fields)), list(held), days, entries)
    return told


def closed_of(entry: RegisterEntry, places: dict[int, str]) -> dict[str, Any]:
    closed = dict(entry.closed)
    if "assignment" in closed:
        closed["assignment"] = places[closed["assignment"]]
    if "places" in closed:
        closed["places"] = [[places[pk], until] for pk, until in closed["places"]]
    return closed


def test_written_at_once_the_register_says_what_the_steps_would_have_said(
    college: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    actor = make.account()
    with transaction.atomic():
        done = MembershipResource(actor=actor).confirm(sheet(HISTORIES))
        whole = outcome()
        transaction.set_rollback(True)
    with monkeypatch.context() as patch:
        one_by_one(patch)
        by_steps = MembershipResource(actor=actor).confirm(sheet(HISTORIES))
    steps = outcome()
    for name in HISTORIES:
        assert whole[name] == steps[name], name
    assert (done.new, done.unchanged) == (by_steps.new, by_steps.unchanged)


def test_only_what_the_services_alone_can_do_is_left_to_them(college: None) -> None:
    resource = MembershipResource()
    resource.confirm(sheet(HISTORIES))
    assert set(HISTORIES) - set(resource.lives) == {"forestalled", "put-right"}


def test_what_is_refused_is_refused_in_the_same_words_and_nothing_stays(
    college: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def faults() -> list[str]:
        with pytest.raises(ImportRefused) as refused:
            MembershipResource().confirm(sheet(HISTORIES | REFUSED))
        preview: ImportPreview = refused.value.preview
        return [str(one) for one in preview.faults]

    found = faults()
    assert len(found) >= len(REFUSED)
    assert not Membership.objects.exists()
    assert not RegisterEntry.objects.exists()
    one_by_one(monkeypatch)
    assert faults() == found


def test_whoever_has_something_that_a_step_would_end_is_left_to_the_services(college: None) -> None:
    plain, delegate, account = (Person.objects.get(staff_number=name) for name in ("moved", "dead", "expelled"))
    delegates.delegate(of=bodies.congress(), person=delegate)
    Person.objects.filter(pk=account.pk).update(user=make.account())
    assert lives.untouched([plain.pk, delegate.pk, account.pk, make.member().pk]) == {plain.pk}


def test_whoever_ends_something_with_a_membership_says_of_whom() -> None:
    def modules(signal: Any) -> set[str]:
        return {receiver().__module__ for _key, receiver, *_more in signal.receivers if receiver() is not None}

    ends = signals.person_left, signals.person_retired, signals.person_died
    listening = set().union(*(modules(one) for one in ends))
    assert listening <= modules(signals.ends_sought)


def test_more_people_cost_no_more_queries() -> None:
    make.branch(name=ONE)
    make.branch(name=OTHER)
    counts = []
    for size in (3, 30):
        names = [f"{size}-{place}" for place in range(size)]
        for name in names:
            make.person(staff_number=name)
        told = dict.fromkeys(names, HISTORIES["back"])
        with CaptureQueriesContext(
            connection,
        ) as asked:
            MembershipResource().confirm(sheet(told))
        counts.append(len(asked))
    assert counts[0] == counts[1]
