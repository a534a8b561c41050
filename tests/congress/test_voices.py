"""Suggestions, inspections, petitions, committees and regulations keep their promises."""

import datetime as dt
import threading

import pytest
from django.db import connection
from django.utils import timezone

from congress.enums import (
    CommitteeKind,
    PetitionChannel,
    ProposalState,
    RegulationAct,
    SuggestionSource,
    SuggestionState,
)
from congress.models import Committee, Inspection, Petition, Suggestion, SuggestionDrive, SuggestionGroup
from congress.services import committees, inspections, petitions, regulations, suggestions
from tests.factories import congress as make
from tests.factories import members
from union_portal.accounts.enums import Role
from union_portal.accounts.models import AccessEntry, User
from union_portal.base.errors import DomainError, Refused

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
DAY = dt.timedelta(days=1)


def drive(**fields: dt.date) -> SuggestionDrive:
    return SuggestionDrive.objects.create(
        title="金点子征集", **{"opens_on": TODAY - DAY, "closes_on": TODAY + DAY, **fields}
    )


def suggestion() -> Suggestion:
    return suggestions.record(
        source=SuggestionSource.DISCUSSION, title="食堂", text="延长供餐时间", collected_on=TODAY, actor=None
    )


def test_a_drive_takes_suggestions_only_while_it_is_open() -> None:
    author = members.member()
    handed_in = suggestions.hand_in(drive=drive(), author=author, title="节能", text="改用感应灯", actor=None)
    assert handed_in.state == SuggestionState.COLLECTED
    with pytest.raises(Refused):
        suggestions.hand_in(
            drive=drive(opens_on=TODAY - 9 * DAY, closes_on=TODAY - DAY), author=author, title="x", text="y", actor=None
        )


def test_a_proposal_becomes_a_suggestion_once_with_all_its_text() -> None:
    proposal = make.proposal(state=ProposalState.PASSED_ON)
    first = suggestions.from_proposal(proposal=proposal, source=SuggestionSource.PASSED_ON, actor=None)
    again = suggestions.from_proposal(proposal=proposal, source=SuggestionSource.PASSED_ON, actor=None)
    assert first == again
    assert proposal.grounds in first.text
    assert proposal.measures in first.text
    assert proposal.proposer is not None
    assert first.author == proposal.proposer.person


def test_a_suggestion_goes_to_a_department_and_is_answered_in_writing() -> None:
    department = make.department()
    sent = suggestions.send(suggestion=suggestion(), department=department, due_on=TODAY + DAY, actor=None)
    with pytest.raises(DomainError):
        suggestions.answer(suggestion=sent, text="  ", actor=None)
    done = suggestions.answer(suggestion=sent, text="下月起延长至七点。", actor=None)
    assert done.state == SuggestionState.ANSWERED
    with pytest.raises(Refused):
        suggestions.answer(suggestion=done, text="再答一次", actor=None)


def test_a_closed_department_gets_nothing() -> None:
    closed = make.department(closed_on=TODAY - DAY)
    with pytest.raises(DomainError):
        suggestions.send(suggestion=suggestion(), department=closed, due_on=TODAY + DAY, actor=None)


def test_a_group_is_answered_together() -> None:
    group = SuggestionGroup.objects.create(title="食堂")
    assert suggestions.bundle(suggestions=[suggestion(), suggestion()], group=group) == 2
    assert suggestions.answer_group(group=group, text="统一答复", actor=None, publish=True) == 2
    assert Suggestion.objects.published_answers().count() == 2
    with pytest.raises(Refused):
        suggestions.answer_group(group=group, text="统一答复", actor=None)


def test_only_an_answered_suggestion_is_published() -> None:
    with pytest.raises(Refused):
        suggestions.publish(suggestion=suggestion(), shown=True)


def test_a_finding_says_what_became_of_it() -> None:
    inspection = Inspection.objects.create(title="第一次巡视", held_on=TODAY)
    finding = inspections.note_finding(inspection=inspection, text="实验室通风不足", actor=None)
    with pytest.raises(DomainError):
        inspections.settle(finding=finding, result=" ", actor=None)
    inspections.settle(finding=finding, result="已更换风机", actor=None)
    with pytest.raises(Refused):
        inspections.settle(finding=finding, result="又一次", actor=None)


def petition() -> tuple[Petition, User]:
    handler = members.account_with_role(Role.CONGRESS)
    made = petitions.receive(
        channel=PetitionChannel.VISIT, subject="岗位调整", text="希望复核", received_on=TODAY, actor=handler
    )
    return made, handler


def test_a_petition_is_seen_by_its_handlers_alone() -> None:
    made, handler = petition()
    others = [members.account_with_role(role) for role in (Role.CONGRESS, Role.CHAIR, Role.AUDIT)]
    admin = members.account()
    admin.is_superuser = True
    admin.save()
    assert list(Petition.objects.visible_to(handler)) == [made]
    for other in (*others, admin):
        assert not Petition.objects.visible_to(other).exists()
        with pytest.raises(Refused):
            petitions.look(petition=made, user=other)
    petitions.look(petition=made, user=handler)
    assert AccessEntry.objects.filter(kind="petition", subject=made.number, user=handler).exists()


def test_a_petition_is_kept_encrypted() -> None:
    made, _handler = petition()
    with connection.cursor() as cursor:
        cursor.execute("SELECT subject, text FROM congress_petition WHERE id = %s", [made.pk])
        kept = cursor.fetchone()
    assert "岗位" not in kept[0]
    assert "复核" not in kept[1]


def test_a_petition_is_handed_over_whole() -> None:
    made, handler = petition()
    successor = members.account_with_role(Role.CONGRESS)
    petitions.hand_over(petition=made, handlers=[successor], actor=None, reason="工作调整")
    assert not Petition.objects.visible_to(handler).exists()
    assert Petition.objects.visible_to(successor).exists()


def test_a_petition_is_answered_reopened_and_closed() -> None:
    made, _handler = petition()
    petitions.take_up(petition=made, actor=None)
    petitions.answer(petition=made, text="已协调", actor=None)
    petitions.reopen(petition=made, reason="尚未落实", actor=None)
    petitions.answer(petition=made, text="已落实", actor=None)
    closed = petitions.close(petition=made, actor=None)
    with pytest.raises(Refused):
        petitions.answer(petition=closed, text="再答", actor=None)


@pytest.mark.django_db(transaction=True)
def test_two_petitions_at_once_get_two_numbers() -> None:
    handler = members.account_with_role(Role.CONGRESS)

    def receive() -> None:
        petitions.receive(channel=PetitionChannel.LETTER, subject="来信", text="", received_on=TODAY, actor=handler)
        connection.close()

    threads = [threading.Thread(target=receive) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    numbers = sorted(Petition.objects.values_list("number", flat=True))
    assert numbers == [f"SQ{TODAY.year}-{number:03d}" for number in range(1, 5)]


def committee() -> Committee:
    return Committee.objects.create(kind=CommitteeKind.UNION, name="第三届工会委员会", began_on=TODAY - 400 * DAY)


def test_a_meeting_counts_who_was_due_from_the_seats() -> None:
    body = committee()
    for _ in range(3):
        committees.seat(committee=body, person=members.member(), on=TODAY - 100 * DAY)
    held = committees.hold_meeting(
        committee=body, held_on=TODAY, actor=None, present=1, papers=[committees.Paper("经费收支管理细则")]
    )
    assert (held.due, held.number) == (3, 1)
    assert committees.lacks_quorum(meeting=held)
    with pytest.raises(DomainError):
        committees.hold_meeting(committee=body, held_on=TODAY - DAY, actor=None, present=4)
    with pytest.raises(DomainError):
        committees.review_document(meeting=held, paper=committees.Paper("经费收支管理细则"))


def test_nobody_sits_twice_and_an_ended_seat_stays_ended() -> None:
    body, person = committee(), members.member()
    seat = committees.seat(committee=body, person=person, on=TODAY - 100 * DAY)
    with pytest.raises(DomainError):
        committees.seat(committee=body, person=person, on=TODAY)
    committees.leave(seat=seat, on=TODAY - DAY)
    with pytest.raises(Refused):
        committees.leave(seat=seat, on=TODAY)
    assert committees.members_due(committee=body, on=TODAY) == 0


def test_a_regulation_lives_from_its_adoption_to_its_repeal() -> None:
    name = "教职工代表大会制度"
    first = regulations.enact(title=f"《{name}》", act=RegulationAct.ADOPTED, on=TODAY - 300 * DAY, text="第一版")
    second = regulations.enact(title=name, act=RegulationAct.REVISED, on=TODAY - 100 * DAY, text="第二版")
    assert first.regulation == second.regulation
    assert regulations.in_force(regulation=first.regulation, on=TODAY - 200 * DAY) == first
    assert regulations.in_force(regulation=first.regulation, on=TODAY) == second
    with pytest.raises(DomainError):
        regulations.enact(title=name, act=RegulationAct.REVISED, on=TODAY - 100 * DAY)
    regulations.enact(title=name, act=RegulationAct.REPEALED, on=TODAY - 10 * DAY)
    assert regulations.in_force(regulation=first.regulation, on=TODAY) is None
    with pytest.raises(Refused):
        regulations.enact(title=name, act=RegulationAct.REVISED, on=TODAY)
