"""From a draft to the committee: the drive's rules, numbers without gaps, what comes late, what is taken back."""

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from congress.bodies.enums import Body
from congress.delegates.enums import Seat
from congress.delegates.models import Delegate
from congress.drives.models import ProposalCategory
from congress.proposals.enums import Outcome, ProposalState, SecondingState
from congress.proposals.models import Proposal
from congress.proposals.services import drafting, seconding, submitting
from congress.proposals.services.authorship import Authorship, authorships
from tests.factories import bodies, delegates, drives, proposals, sessions
from tests.factories.proposals import WORDS, author, body_of, close, drafted, seconded, submit, user_of
from tests.factories.states import put
from union_portal.base.errors import Conflict, DomainError, Refused


def test_a_seconded_proposal_is_submitted_with_the_first_number() -> None:
    drive = drives.drive(code="2031")
    proposal = drafted(drive)
    seconded(proposal)
    handed_in = submit(proposal)
    assert (handed_in.state, handed_in.number, handed_in.outcome) == (ProposalState.SUBMITTED, "2031-001", "")
    assert handed_in.submitted_at is not None
    assert [move.action for move in proposal.moves.all()] == ["begin", "invite", "submit"]


def test_numbers_follow_one_another_also_after_a_withdrawal() -> None:
    drive = drives.drive(code="2031", min_seconders=0)
    numbers = []
    for title in "甲乙丙":
        proposal = submit(drafted(drive, title=title))
        numbers.append(proposal.number)
        submitting.withdraw(proposal=proposal, version=None, actor=None, why="与同事的提案重复")
    assert numbers == ["2031-001", "2031-002", "2031-003"]
    assert Proposal.objects.filter(drive=drive).collected().count() == 3


def test_a_second_submission_is_refused_and_takes_no_number() -> None:
    drive = drives.drive(min_seconders=0)
    proposal = drafted(drive)
    first = submit(proposal)
    with pytest.raises(Refused):
        submit(proposal)
    proposal.refresh_from_db()
    assert proposal.number == first.number
    assert submitting.number_for(drive).endswith("-002")


@pytest.mark.parametrize(("field", "value"), [("title", " "), ("grounds", " "), ("measures", ""), ("category", None)])
def test_nothing_incomplete_is_submitted(field: str, value: Any) -> None:
    proposal = drafted(drives.drive(min_seconders=0))
    Proposal.objects.filter(pk=proposal.pk).update(**{field: value})
    with pytest.raises(DomainError) as refusal:
        submit(proposal)
    assert refusal.value.field == field


def test_too_few_seconders_hold_a_proposal_back_but_none_are_asked_of_a_delegation() -> None:
    drive = drives.drive()
    proposal = drafted(drive)
    seconded(proposal, heads=1)
    with pytest.raises(DomainError) as refusal:
        submit(proposal)
    assert refusal.value.code == "seconders"
    body = body_of(drive)
    head = delegates.delegate(of=body)
    group = delegates.delegation(of=body, head=head)
    collective = drafted(by=Authorship(drive, body, head, group), title="集体提案")
    assert submit(collective).as_body


def test_a_seconder_whose_mandate_has_ended_does_not_count() -> None:
    proposal = drafted()
    one, _two = seconded(proposal)
    Delegate.objects.filter(pk=one.pk).update(valid_to=timezone.localdate() - dt.timedelta(days=1), ended_by="left")
    with pytest.raises(DomainError, match="2"):
        submit(proposal)


@pytest.mark.parametrize("seat", [Seat.OBSERVER, Seat.GUEST])
def test_observers_and_guests_do_not_propose_unless_the_drive_lets_observers(seat: Seat) -> None:
    with pytest.raises(Refused):
        drafted(by=author(drives.drive(), seat=seat))
    generous = author(drives.drive(observers_propose=True), seat=seat)
    if seat == Seat.OBSERVER:
        assert drafted(by=generous).pk
    else:
        with pytest.raises(Refused):
            drafted(by=generous)


def test_a_delegate_whose_mandate_ends_keeps_the_draft_but_cannot_submit() -> None:
    proposal = drafted(drives.drive(min_seconders=0))
    Delegate.objects.filter(proposals=proposal).update(
        valid_to=timezone.localdate() - dt.timedelta(days=1), ended_by="recalled"
    )
    with pytest.raises(Refused):
        submit(proposal)
    proposal.refresh_from_db()
    assert (proposal.state, proposal.grounds) == (ProposalState.DRAFT, WORDS["grounds"])


def test_a_delegation_proposes_only_where_the_drive_says_so_and_through_its_head() -> None:
    drive = drives.drive(delegations_propose=False)
    body = body_of(drive)
    head = delegates.delegate(of=body)
    group = delegates.delegation(of=body, head=head)
    assert [one.delegation for one in authorships(user=user_of(head))] == [None]
    with pytest.raises(Refused):
        drafted(by=Authorship(drive, body, head, group))
    drive.delegations_propose = True
    drive.save()
    assert {one.delegation for one in authorships(user=user_of(head))} == {None, group}
    plain = delegates.delegate(of=body, delegation=group)
    assert [one.delegation for one in authorships(user=user_of(plain))] == [None]


def test_who_sits_in_two_bodies_chooses_one_and_only_one_that_sits() -> None:
    staff, union = bodies.congress(), bodies.congress(body=Body.UNION)
    drive = drives.drive(of=sessions.session(staff, union))
    one = delegates.delegate(of=staff)
    delegates.delegate(of=union, person=one.person)
    assert {choice.congress for choice in authorships(user=user_of(one))} == {staff, union}
    elsewhere = bodies.congress()
    with pytest.raises(DomainError):
        drafted(by=Authorship(drive, elsewhere, delegates.delegate(of=elsewhere)))


def test_what_comes_after_the_close_becomes_a_suggestion_with_its_whole_text() -> None:
    drive = drives.drive()
    proposal = drafted(drive)
    close(drive)
    late = submit(proposal)
    assert (late.state, late.outcome, late.number) == (ProposalState.LATE, Outcome.LATE, "")
    assert list(Proposal.objects.advice()) == [late]
    assert not Proposal.objects.collected().filter(pk=proposal.pk).exists()
    assert "截止" in proposal.moves.latest("pk").reason or "close" in proposal.moves.latest("pk").reason


def test_nothing_is_submitted_before_the_drive_opens() -> None:
    drive = drives.drive(opens_on=timezone.localdate() + dt.timedelta(days=1), min_seconders=0)
    with pytest.raises(Refused):
        submit(drafted(drive))


def test_the_delegation_checks_first_where_the_drive_says_so() -> None:
    drive = drives.drive(precheck=True, min_seconders=0, code="2031")
    body = body_of(drive)
    group = delegates.delegation(of=body)
    head = delegates.delegate(of=body, delegation=group)
    group.head = head
    group.save()
    proposal = drafted(by=author(drive, delegation=group))
    assert submit(proposal).state == ProposalState.PRECHECK
    with pytest.raises(DomainError):
        submitting.return_to_author(proposal=proposal, actor=None, why=" ")
    submitting.return_to_author(proposal=proposal, actor=head.person.user, why="请写明地点")
    proposal.refresh_from_db()
    assert proposal.state == ProposalState.DRAFT
    submit(proposal)
    passed = submitting.pass_check(proposal=proposal, actor=head.person.user)
    assert (passed.state, passed.number) == (ProposalState.SUBMITTED, "2031-001")
    own = drafted(by=Authorship(drive, body, head), title="团长自己的提案")
    assert submit(own).state == ProposalState.SUBMITTED


def test_what_the_delegation_passes_after_the_close_becomes_a_suggestion() -> None:
    drive = drives.drive(precheck=True, min_seconders=0)
    body = body_of(drive)
    group = delegates.delegation(of=body, head=delegates.delegate(of=body))
    proposal = drafted(by=author(drive, delegation=group))
    submit(proposal)
    close(drive)
    assert submitting.pass_check(proposal=proposal, actor=None).state == ProposalState.LATE


def test_a_returned_proposal_comes_back_under_its_number_also_after_the_close() -> None:
    drive = drives.drive(code="2031")
    proposal = drafted(drive)
    signers = seconded(proposal)
    submit(proposal)
    put(Proposal.objects.filter(pk=proposal.pk), ProposalState.RETURNED)
    close(drive)
    lapsed = drafting.edit(
        proposal=proposal,
        title=proposal.title,
        grounds="写明是东区三号楼。",
        measures=proposal.measures,
        category=proposal.category,
        version=None,
        actor=None,
    )
    assert lapsed == len(signers)
    with pytest.raises(DomainError) as refusal:
        submitting.submit_again(proposal=proposal, version=None, actor=None)
    assert refusal.value.code == "seconders"
    for one in proposal.secondings.filter(state=SecondingState.INVITED):
        seconding.answer(seconding=one, accept=True, version=None, actor=None)
    again = submitting.submit_again(proposal=proposal, version=None, actor=None)
    assert (again.state, again.number) == (ProposalState.SUBMITTED, "2031-001")


def test_a_form_from_an_older_version_is_a_conflict_and_changes_nothing() -> None:
    proposal = drafted()
    old = proposal.version
    values: dict[str, Any] = {"category": proposal.category, "measures": proposal.measures, "actor": None}
    drafting.edit(proposal=proposal, title="甲", grounds="第一个窗口", version=old, **values)
    with pytest.raises(Conflict):
        drafting.edit(proposal=proposal, title="乙", grounds="第二个窗口", version=old, **values)
    with pytest.raises(Conflict):
        submitting.submit(proposal=proposal, version=old, actor=None)
    proposal.refresh_from_db()
    assert (proposal.title, proposal.grounds) == ("甲", "第一个窗口")


@pytest.mark.parametrize("state", sorted(set(ProposalState) - {"draft", "seconding", "returned"}))
def test_the_text_is_locked_in_every_other_state(state: str) -> None:
    proposal = proposals.proposal(state=ProposalState(state))
    with pytest.raises(Conflict):
        drafting.edit(proposal=proposal, title="x", grounds="x", measures="x", category=None, version=None, actor=None)


def test_the_same_draft_clicked_twice_is_one() -> None:
    whose = author(drives.drive())
    category: ProposalCategory = drives.category()
    first = drafted(by=whose, category=category)
    assert drafted(by=whose, category=category).pk == first.pk


def test_what_was_submitted_is_withdrawn_with_a_reason_and_not_after_the_decision() -> None:
    proposal = submit(drafted(drives.drive(min_seconders=0)))
    with pytest.raises(DomainError):
        submitting.withdraw(proposal=proposal, version=None, actor=None)
    submitting.withdraw(proposal=proposal, version=None, actor=None, why="已经解决")
    proposal.refresh_from_db()
    assert (proposal.state, proposal.outcome) == (ProposalState.WITHDRAWN, Outcome.WITHDRAWN)
    with pytest.raises(Refused):
        submitting.withdraw(proposal=proposals.proposal(state=ProposalState.FILED), version=None, actor=None, why="x")


def test_a_proposal_that_others_were_merged_into_is_not_withdrawn_from_under_them() -> None:
    main = proposals.proposal(state=ProposalState.SUBMITTED)
    proposals.proposal(drive=main.drive, congress=main.congress, state=ProposalState.MERGED, merged_into=main)
    with pytest.raises(Refused):
        submitting.withdraw(proposal=main, version=None, actor=None, why="问题已解决")
    main.refresh_from_db()
    assert main.state == ProposalState.SUBMITTED


pytestmark = pytest.mark.django_db
