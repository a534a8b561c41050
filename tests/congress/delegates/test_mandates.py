"""Mandates, composition and credentials: who may sit, how it ends, what the table warns of."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from congress.attendance.services import credentials
from congress.bodies.enums import Body, Mode
from congress.delegates.enums import MandateEnd, MandateStart, Seat
from congress.delegates.models import Delegate, UnitElection
from congress.delegates.services import composition, mandates
from congress.proposals.enums import ProposalState, SecondingState
from congress.proposals.models import Seconding
from congress.proposals.services import seconding
from congress.sessions.services import sessions
from members.memberships.enums import Correction
from members.memberships.services import corrections
from members.memberships.services import steps as memberships
from members.people.enums import Gender, PostCategory
from tests.factories import bodies, delegates, drives, members, proposals
from tests.factories import sessions as make
from union_portal.accounts.models import User
from union_portal.base.errors import DomainError, Refused
from union_portal.base.steps import record

TODAY = timezone.localdate


@pytest.fixture
def actor() -> User:
    return bodies.officer()


def test_a_delegate_of_the_union_congress_is_an_active_member() -> None:
    union, staff = bodies.congress(body=Body.UNION), bodies.congress()
    outsider = members.person()
    with pytest.raises(Refused):
        mandates.elect(congress=union, person=outsider, on=TODAY())
    assert mandates.elect(congress=staff, person=outsider, on=TODAY()).seat == Seat.DELEGATE
    assert mandates.elect(congress=union, person=outsider, on=TODAY(), seat=Seat.GUEST).seat == Seat.GUEST


def test_nobody_is_elected_outside_the_term_after_retiring_or_to_an_all_staff_meeting() -> None:
    congress = bodies.congress()
    with pytest.raises(Refused):
        mandates.elect(congress=congress, person=members.member(), on=congress.began_on - dt.timedelta(days=1))
    retired = members.member()
    memberships.retire(person=retired, on=TODAY() - dt.timedelta(days=2))
    retired.refresh_from_db()
    with pytest.raises(Refused):
        mandates.elect(congress=congress, person=retired, on=TODAY())
    mandates.elect(congress=congress, person=retired, on=TODAY(), seat=Seat.OBSERVER)
    with pytest.raises(Refused):
        mandates.elect(congress=bodies.congress(mode=Mode.EVERYBODY), person=members.member(), on=TODAY())


def test_a_unit_fills_no_more_seats_than_it_elected_and_a_by_election_is_named_so() -> None:
    congress, unit = bodies.congress(), members.branch()
    delegation = delegates.delegation(of=congress)
    delegation.branches.add(unit)
    election = record(
        UnitElection(
            congress=congress, branch=unit, held_on=TODAY(), seats=1, voters_due=9, voters_present=6, by_election=True
        ),
        actor=None,
    )
    first = mandates.elect(congress=congress, person=members.member(), on=TODAY(), election=election)
    assert (first.began_by, first.unit, first.delegation) == (MandateStart.BY_ELECTION, unit, delegation)
    with pytest.raises(Refused):
        mandates.elect(congress=congress, person=members.member(), on=TODAY(), election=election)
    with pytest.raises(DomainError):
        record(
            UnitElection(
                congress=congress, branch=unit, held_on=congress.began_on, seats=1, voters_due=9, voters_present=5
            ),
            actor=None,
        )


def test_a_recall_needs_its_reason_ends_the_headship_and_only_once(actor: User) -> None:
    congress = bodies.congress()
    delegation = delegates.delegation(of=congress)
    one = delegates.delegate(of=congress, delegation=delegation)
    mandates.appoint_heads(delegation=delegation, head=one, deputy=None)
    with pytest.raises(Refused):
        mandates.end_mandate(delegate=one, on=TODAY(), way=MandateEnd.RECALLED, actor=actor)
    mandates.end_mandate(delegate=one, on=TODAY(), way=MandateEnd.RECALLED, reason="单位撤换", actor=actor)
    delegation.refresh_from_db()
    assert delegation.head is None
    with pytest.raises(Refused):
        mandates.end_mandate(delegate=one, on=TODAY(), way=MandateEnd.RESIGNED, actor=actor)


def test_leaving_the_school_ends_mandates_and_what_was_seconded_but_not_submitted() -> None:
    congress, other = bodies.congress(), bodies.congress(body=Body.UNION)
    one = delegates.delegate(of=congress)
    delegates.delegate(of=other, person=one.person)
    draft = proposals.proposal(
        state=ProposalState.DRAFT, congress=congress, drive=drives.drive(of=make.session(congress))
    )
    seconding = Seconding.objects.create(proposal=draft, delegate=one)
    memberships.transfer_out(person=one.person, on=TODAY(), counterpart="外校工会")
    ended = Delegate.objects.filter(person=one.person).values_list("ended_by", "valid_to")
    assert set(ended) == {(MandateEnd.LEFT, TODAY())}
    seconding.refresh_from_db()
    assert seconding.state == SecondingState.LAPSED


def test_leaving_the_union_ends_the_mandate_of_its_congress_alone() -> None:
    staff, union = bodies.congress(), bodies.congress(body=Body.UNION)
    one = delegates.delegate(of=staff)
    delegates.delegate(of=union, person=one.person)
    memberships.leave(person=one.person, on=TODAY())
    assert Delegate.objects.get(person=one.person, valid_to=None).congress == staff


def test_the_retired_lose_the_vote_but_may_go_on_observing() -> None:
    staff, union = bodies.congress(), bodies.congress(body=Body.UNION)
    one = delegates.delegate(of=staff)
    delegates.delegate(of=union, person=one.person, seat=Seat.OBSERVER)
    memberships.retire(person=one.person, on=TODAY())
    assert Delegate.objects.get(person=one.person, valid_to=None).seat == Seat.OBSERVER


def test_a_correction_of_the_register_lets_mandates_run_again_and_names_the_rest() -> None:
    staff, union = bodies.congress(), bodies.congress(body=Body.UNION)
    one = delegates.delegate(of=staff)
    delegates.delegate(of=union, person=one.person)
    resigned = delegates.delegate(of=bodies.congress(branch=members.branch()), person=one.person)
    mandates.end_mandate(delegate=resigned, on=TODAY(), way=MandateEnd.RESIGNED, actor=None)
    acts: tuple[Callable[[], object], ...] = (
        lambda: memberships.record_death(person=one.person, on=TODAY()),
        lambda: memberships.transfer_out(person=one.person, on=TODAY(), counterpart="外校工会"),
        lambda: memberships.retire(person=one.person, on=TODAY()),
    )
    for act, change in zip(acts, ("death", "transfer_out", "retire"), strict=True):
        act()
        assert not Delegate.objects.filter(person=one.person, valid_to=None).exists()
        given: dict[str, Any] = {"act": f"{change}:{TODAY()}", "how": Correction.NEVER, "why": "登记错人"}
        done = corrections.correct(person=one.person, **given)
        running = Delegate.objects.filter(person=one.person, valid_to=None)
        assert {delegate.congress for delegate in running} == {staff, union}
        assert {f"{staff}的代表资格", f"{union}的代表资格"} <= set(done.restored)


def test_headships_secondings_and_seats_filled_since_are_named_when_a_death_is_taken_back() -> None:
    staff, unit = bodies.congress(), members.branch(name="文学院分工会")
    group, one = delegates.delegation(of=staff, name="文学院代表团"), delegates.delegate(of=staff, unit=unit)
    mandates.place_in(delegates=[one], delegation=group)
    one.refresh_from_db()
    mandates.appoint_heads(delegation=group, head=one, deputy=None)
    draft = proposals.drafted(drives.drive(of=make.session(staff)))
    seconding.invite(proposal=draft, delegates=[one], actor=None)
    memberships.record_death(person=one.person, on=TODAY())
    delegates.delegate(of=staff, unit=unit, person=members.member(name="王芳"), began_by=MandateStart.BY_ELECTION,
                       valid_from=TODAY())  # fmt: skip
    given: dict[str, Any] = {"act": f"death:{TODAY()}", "how": Correction.NEVER, "why": "登记错人"}
    done = corrections.correct(person=one.person, **given)
    assert f"{staff}的代表资格" in done.restored
    assert set(done.left) == {
        "文学院代表团团长未恢复（现空缺），需要时请重新指定。",
        "文学院分工会此后补选了王芳，其代表资格不变，请核对名额。",
        "失效的附议 1 件未恢复，由提案人重新邀请。",
    }


def test_the_end_of_a_term_ends_every_mandate(actor: User) -> None:
    congress = bodies.congress()
    for _number in range(3):
        delegates.delegate(of=congress)
    assert mandates.end_term(congress=congress, on=TODAY(), actor=actor) == 3
    assert set(congress.delegates.values_list("ended_by", flat=True)) == {MandateEnd.TERM}


def people(congress: Any, teachers: int, others: int, **details: Any) -> None:
    for number in range(teachers + others):
        category = PostCategory.TEACHER if number < teachers else PostCategory.MANAGEMENT
        delegates.delegate(of=congress, person=members.member(post_category=category, **details))


@pytest.mark.parametrize(("teachers", "others", "met"), [(3, 2, True), (2, 2, False), (59, 41, False)])
def test_the_share_of_teachers_is_compared_without_rounding(
    teachers: int, others: int, met: bool, django_assert_max_num_queries: Any
) -> None:
    congress = bodies.congress(min_teachers=Decimal("0.6"))
    if teachers + others > 10:
        row = composition.Share("teachers", "teachers", teachers, teachers + others, least=Decimal("0.6"))
    else:
        people(congress, teachers, others)
        with django_assert_max_num_queries(1):
            row = composition.composition(congress=congress, on=TODAY()).rows[0]
    assert row.met is met
    assert row.lacking == (0 if met else 1)


def test_age_counts_on_the_day_and_missing_details_are_named() -> None:
    congress = bodies.congress(min_young=Decimal("0.5"))
    day = dt.date(2026, 6, 1)
    delegates.delegate(of=congress, person=members.member(birth_date=dt.date(1986, 6, 2), gender=Gender.FEMALE))
    delegates.delegate(of=congress, person=members.member(birth_date=dt.date(1986, 6, 1), gender=Gender.FEMALE))
    table = composition.composition(congress=congress, on=day)
    young = next(row for row in table.rows if row.key == "young")
    assert (young.count, young.of, young.percent, young.met) == (1, 2, "50.0%", True)
    delegates.delegate(of=congress, person=members.member(birth_date=None))
    assert len(composition.composition(congress=congress, on=day).warnings) == 2


def test_the_credentials_report_keeps_what_was_examined(actor: User) -> None:
    congress = bodies.congress()
    people(congress, 2, 1)
    sitting = make.session(congress, convened_on=TODAY()).sittings.get()
    found = credentials.examine(sitting=sitting)
    assert found.composition.total == 3
    assert any("代表团" in text or "delegation" in text for text in found.objections)
    text = credentials.draft(sitting=sitting, on=TODAY())
    assert "应到正式代表3名" in text
    report = credentials.write_report(sitting=sitting, examined_on=TODAY(), text=text, actor=actor)
    delegates.delegate(of=congress)
    report.refresh_from_db()
    assert report.counts["total"] == 3


def test_a_session_gets_the_next_number_and_only_fitting_bodies(actor: User) -> None:
    staff, union = bodies.congress(), bodies.congress(body=Body.UNION)
    first = sessions.convene(parts=[sessions.Part(staff), sessions.Part(union)], convened_on=TODAY(), actor=actor)
    assert str(staff) in first.title
    second = sessions.convene(parts=[sessions.Part(staff)], convened_on=TODAY(), actor=actor)
    assert second.sittings.get().number == 2
    for parts in ([], [sessions.Part(staff), sessions.Part(bodies.congress())]):
        with pytest.raises(Refused):
            sessions.convene(parts=parts, convened_on=TODAY(), actor=actor)
    with pytest.raises(Refused):
        sessions.convene(parts=[sessions.Part(staff)], convened_on=dt.date(2000, 1, 1), actor=actor)


def test_a_past_session_is_recorded_closed_with_what_its_source_says(actor: User) -> None:
    staff = bodies.congress()
    part = sessions.Part(staff, number=1, due=90, present=84)
    day = TODAY() - dt.timedelta(days=300)
    with pytest.raises(Refused):
        sessions.record_session(parts=[part], convened_on=day, source=" ", actor=actor)
    with pytest.raises(Refused):
        sessions.record_session(
            parts=[sessions.Part(staff, due=9, present=10)], convened_on=day, source="年鉴", actor=actor
        )
    later = TODAY() + dt.timedelta(days=1)
    with pytest.raises(Refused):
        sessions.record_session(parts=[part], convened_on=later, source="年鉴", actor=actor)
    sitting = sessions.record_session(parts=[part], convened_on=day, source="年鉴", actor=actor).sittings.get()
    assert (sitting.state, sitting.due, sitting.present) == ("closed", 90, 84)


pytestmark = pytest.mark.django_db
