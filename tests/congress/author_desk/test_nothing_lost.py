"""What delegates typed while their mandate, their delegation or their proposal went elsewhere is kept."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from congress.delegates.models import Delegate, Delegation
from congress.drives.models import ProposalDrive
from congress.proposals.enums import ProposalState
from congress.proposals.models import Proposal
from congress.proposals.services import drafting, seconding, submitting
from congress.proposals.services.authorship import Authorship
from congress.review import services as review
from congress.review.enums import Decision
from tests.factories import bodies, delegates, drives
from tests.factories.proposals import WORDS, asked, body_of, close, drafted, own, phone, seconded, submit, url, values

TYPED = "已与基建处商定分两期改造，首期十月完工。"
BEFORE = timezone.localdate() - dt.timedelta(days=1)


def headed(drive: ProposalDrive) -> tuple[Delegation, Delegate]:
    body = body_of(drive)
    group = delegates.delegation(of=body)
    head = delegates.delegate(of=body, delegation=group)
    group.head = head
    group.save()
    return group, head


def of_the_delegation(drive: ProposalDrive) -> tuple[Proposal, Delegation, Delegate]:
    group, head = headed(drive)
    whose = Authorship(drive, body_of(drive), head, delegation=group)
    made = drafting.draft(
        authorship=whose, title="关于班车的提案", category=drives.category(), actor=head.person.user, **WORDS
    )
    return made, group, head


def test_who_heads_the_delegation_no_more_keeps_the_draft_he_was_typing() -> None:
    proposal, group, head = of_the_delegation(drives.drive(delegations_propose=True))
    stale = values(proposal, grounds=TYPED)
    Proposal.objects.filter(pk=proposal.pk).update(created_at=timezone.now() - dt.timedelta(days=9))
    group.head = delegates.delegate(of=proposal.congress, delegation=group)
    group.save()
    for step, typed in (("edit", stale), ("withdraw", {"why": TYPED, "version": 0})):
        answer = phone(head.person.user).post(url(f"proposal_{step}", proposal.pk), typed)
        assert answer.status_code == 403, step
        assert TYPED in answer.content.decode()
        assert group.head.person.name in answer.content.decode()
        other = delegates.delegate(of=proposal.congress).person.user
        assert phone(other).post(url(f"proposal_{step}", proposal.pk), typed).status_code == 404
    proposal.refresh_from_db()
    assert proposal.grounds != TYPED


def test_a_draft_is_kept_when_the_mandate_ended_while_it_was_typed() -> None:
    proposal = drafted()
    assert proposal.proposer is not None
    Delegate.objects.filter(pk=proposal.proposer.pk).update(valid_to=BEFORE, ended_by="left")
    assert own(proposal).post(url("proposal_edit", proposal.pk), values(proposal, grounds=TYPED)).status_code == 302
    proposal.refresh_from_db()
    assert proposal.grounds == TYPED
    fresh = {"author": "1-d1", "title": "新的提案", "grounds": TYPED}
    answer = own(proposal).post(reverse("congress:proposal_new"), fresh)
    assert answer.status_code == 403
    assert TYPED in answer.content.decode()


def test_a_text_typed_over_the_close_is_saved_and_handed_in_as_a_suggestion() -> None:
    proposal = drafted()
    seconded(proposal)
    close(proposal.drive)
    stale = values(proposal, grounds=TYPED)
    assert own(proposal).post(url("proposal_edit", proposal.pk), stale).status_code == 302
    proposal.refresh_from_db()
    own(proposal).post(url("proposal_submit", proposal.pk), {"version": proposal.version})
    assert TYPED in Proposal.objects.advice().get().grounds


def test_an_edit_of_what_was_merged_meanwhile_says_into_which_and_by_whom() -> None:
    drive = drives.drive(min_seconders=0)
    main, proposal = submit(drafted(drive)), drafted(drive, title="关于更换灯具的另一件提案")
    stale = values(proposal, grounds=TYPED)
    submit(proposal)
    office = bodies.officer()
    review.review(proposal=proposal, decision=Decision.MERGE, into=main, actor=office)
    answer = own(proposal).post(url("proposal_edit", proposal.pk), stale)
    assert answer.status_code == 409
    for words in (TYPED, main.number, office.name):
        assert words in answer.content.decode(), words


def test_a_seconder_whose_invitation_lapsed_reads_why() -> None:
    proposal = drafted()
    one = asked(proposal)
    seconding.take_back(seconding=one, actor=None)
    typed = {"answer": "decline", "why": TYPED}
    answer = phone(one.delegate.person.user).post(url("proposal_second", proposal.pk), typed)
    assert answer.status_code == 409
    assert TYPED in answer.content.decode()
    stranger = delegates.delegate(of=proposal.congress).person.user
    assert phone(stranger).post(url("proposal_second", proposal.pk), typed).status_code == 404


def test_the_deputy_who_was_second_keeps_the_words_to_the_author() -> None:
    drive = drives.drive(precheck=True, min_seconders=0)
    group, head = headed(drive)
    deputy = delegates.delegate(of=body_of(drive), delegation=group)
    group.deputy = deputy
    group.save()
    whose = delegates.delegate(of=body_of(drive), delegation=group)
    proposal = drafted(by=Authorship(drive, body_of(drive), whose))
    # What submitting will do is said of whoever asks: a head's own proposal is checked by nobody else.
    heads_own = drafted(by=Authorship(drive, body_of(drive), head))
    for one, by, first in ((proposal, whose, True), (heads_own, head, False)):
        page = phone(by.person.user).get(url("proposal_submit", one.pk)).content.decode()
        assert ("代表团团长初审" in page) is first
    assert submit(heads_own).state == ProposalState.SUBMITTED
    assert submit(proposal).state == ProposalState.PRECHECK
    submitting.pass_check(proposal=proposal, actor=head.person.user)
    answer = phone(deputy.person.user).post(url("proposal_check", proposal.pk), {"answer": "return", "why": TYPED})
    assert answer.status_code == 409
    assert TYPED in answer.content.decode()
    assert head.person.name in answer.content.decode()


pytestmark = pytest.mark.django_db
