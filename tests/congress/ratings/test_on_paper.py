"""Ratings and opinions that came on paper, entered by the office, which says so."""

import datetime as dt
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from congress.handling.enums import Grade, ReplyKind
from congress.handling.services import replies
from congress.proposals.enums import ProposalState
from congress.proposals.models import Proposal
from congress.ratings import services as ratings
from congress.ratings.models import Rating
from congress.ratings.querysets import with_account
from tests.congress.handling.scenes import World
from tests.congress.ratings.test_opinions import merged_and_answered
from tests.factories import papers
from tests.factories.proposals import phone, url
from union_portal.base.errors import Conflict

S = ProposalState
TODAY = timezone.localdate()


def enter(world: World, what: str, led: Proposal, *, by: str = "office", **typed: Any) -> Any:
    sent = {"received_on": f"{TODAY}", "grade": Grade.SATISFIED, "words": "", **typed}
    return phone(world.people[by]).post(reverse(f"admin:congress_proposal_enter_paper_{what}", args=[led.pk]), sent)


@pytest.mark.parametrize(
    ("grade", "words", "state"),
    [(Grade.BASICALLY, "", S.CLOSED), (Grade.DISSATISFIED, "一号楼仍未解决。", S.REHANDLING)],
)
def test_a_rating_on_paper_does_what_one_in_the_portal_does_and_says_who_entered_it(
    world: World, grade: Grade, words: str, state: ProposalState
) -> None:
    at = world.scene(S.ANSWERED)
    assert enter(world, "rating", at.proposal, grade=grade, words=words, scan=papers.sent("a.pdf")).status_code == 302
    at.proposal.refresh_from_db()
    assert at.proposal.state == state
    rating = at.proposal.replies.get().ratings.get()
    assert (rating.grade, rating.person, rating.received_on) == (grade, world.delegate.person, TODAY)
    assert rating.entered_by == world.people["office"]
    assert "据纸质评价代录" in at.proposal.moves.latest("pk").reason
    for role, place in (
        ("office", reverse("admin:congress_proposal_change", args=[at.proposal.pk])),
        ("author", url("proposal", at.proposal.pk)),
    ):
        page = phone(world.people[role]).get(place).content.decode()
        for said in ("据纸质评价录入", world.people["office"].name, url("proposal_rating_scan", rating.pk)):
            assert said in page, (role, said)
        seen = phone(world.people[role]).get(url("proposal_rating_scan", rating.pk))
        assert seen.getvalue().startswith(b"%PDF"), role
    assert phone(world.people["other contact"]).get(url("proposal_rating_scan", rating.pk)).status_code == 404


def test_a_paper_cannot_say_what_the_author_could_not_and_comes_without_a_scan_too(world: World) -> None:
    at = world.scene(S.ANSWERED)
    for wrong in (
        {"received_on": f"{TODAY + dt.timedelta(days=1)}"},
        {"received_on": f"{TODAY - dt.timedelta(days=1)}"},
        {"grade": Grade.DISSATISFIED},
        {"grade": ""},
    ):
        assert enter(world, "rating", at.proposal, **wrong).status_code == 422, wrong
    assert enter(world, "rating", at.proposal, by="author").status_code in {302, 403}
    assert not at.proposal.replies.get().ratings.exists()
    assert enter(world, "rating", at.proposal).status_code == 302
    assert not at.proposal.replies.get().ratings.get().scan
    page = phone(world.people["office"]).get(reverse("admin:congress_proposal_change", args=[at.proposal.pk]))
    assert reverse("admin:congress_proposal_enter_paper_rating", args=[at.proposal.pk]) not in page.content.decode()


@pytest.mark.parametrize("what", ["rating", "opinion"])
def test_before_there_is_a_reply_no_judgement_can_be_entered_and_the_page_says_so(world: World, what: str) -> None:
    proposal = world.scene(S.ASSIGNED).proposal
    place = reverse(f"admin:congress_proposal_enter_paper_{what}", args=[proposal.pk])
    assert phone(world.people["office"]).get(place).status_code == 200
    refused = enter(world, what, proposal, proposal=proposal.pk)
    assert refused.status_code == 422
    if what == "rating":
        assert "还没有送达提案人的答复" in refused.content.decode()


def test_an_opinion_on_paper_stands_beside_the_rating_and_counts_in_none(world: World) -> None:
    proposal, other, reply = merged_and_answered(world)
    twin = proposal.merged.get()
    typed: Any = {
        "proposal": twin.pk,
        "grade": Grade.DISSATISFIED,
        "words": "二号楼没有。",
        "scan": papers.sent("a.pdf"),
    }
    assert enter(world, "opinion", proposal, **{**typed, "proposal": proposal.pk}).status_code == 422
    typed["scan"] = papers.sent("a.pdf")
    assert enter(world, "opinion", proposal, **typed).status_code == 302
    opinion = reply.opinions.get()
    assert (opinion.person, opinion.proposal, opinion.entered_by) == (other.person, twin, world.people["office"])
    proposal.refresh_from_db()
    assert proposal.state == S.ANSWERED
    page = phone(world.people["office"]).get(reverse("admin:congress_proposal_change", args=[proposal.pk]))
    assert url("proposal_opinion_scan", opinion.pk) in page.content.decode()
    assert reverse("admin:congress_proposal_enter_paper_opinion", args=[proposal.pk]) not in page.content.decode()


def fix(world: World, led: Proposal, *, by: str = "office", **typed: Any) -> Any:
    sent = {"received_on": f"{TODAY}", "grade": Grade.SATISFIED, "words": "", "why": "看错了勾选。", **typed}
    return phone(world.people[by]).post(reverse("admin:congress_proposal_correct_rating", args=[led.pk]), sent)


def stands(proposal: Proposal) -> tuple[str, int, str | None]:
    """Return where the proposal is, in which round, and the grade that figures count."""
    one = with_account(Proposal.objects.filter(pk=proposal.pk)).get()
    return one.state, one.round, one.grade


def test_a_rating_on_paper_is_entered_after_the_end_and_may_lead_to_a_second_handling(world: World) -> None:
    for grade, words, after in (
        (Grade.SATISFIED, "", (S.CLOSED, 1, Grade.SATISFIED)),
        (Grade.DISSATISFIED, "一号楼仍未解决。", (S.REHANDLING, 2, Grade.DISSATISFIED)),
    ):
        proposal = world.scene(S.ANSWERED).proposal
        assert ratings.close_unrated(on=TODAY) == 1
        reply = proposal.replies.get()
        with pytest.raises(Conflict):
            ratings.rate(reply=reply, grade=grade, words=words, person=world.delegate.person, actor=None)
        page = phone(world.people["office"]).get(
            reverse("admin:congress_proposal_enter_paper_rating", args=[proposal.pk])
        )
        assert "已办结" in page.content.decode()
        assert enter(world, "rating", proposal, grade=grade, words=words).status_code == 302
        assert stands(proposal) == after
        proposal.refresh_from_db()
        assert (proposal.closed_on is None) == (after[0] == S.REHANDLING)
        assert "据纸质评价代录" in proposal.moves.latest("pk").reason
        assert enter(world, "rating", proposal).status_code == 422


def test_what_was_entered_wrongly_is_corrected_and_stays_to_be_read(world: World) -> None:
    proposal = world.scene(S.ANSWERED).proposal
    enter(world, "rating", proposal, words="尚可", scan=papers.sent("a.pdf"))
    assert stands(proposal) == (S.CLOSED, 1, Grade.SATISFIED)
    for wrong in ({"why": ""}, {"words": "尚可"}, {"grade": Grade.DISSATISFIED}, {"received_on": "2001-01-01"}):
        assert fix(world, proposal, **wrong).status_code == 422, wrong
    assert fix(world, proposal, by="author", grade=Grade.BASICALLY).status_code in {302, 403}
    assert stands(proposal) == (S.CLOSED, 1, Grade.SATISFIED)
    assert fix(world, proposal, grade=Grade.BASICALLY, words="尚可").status_code == 302
    assert stands(proposal) == (S.CLOSED, 1, Grade.BASICALLY)
    assert fix(world, proposal, grade=Grade.DISSATISFIED, words="没有解决。").status_code == 302
    assert stands(proposal) == (S.REHANDLING, 2, Grade.DISSATISFIED)
    assert fix(world, proposal, grade=Grade.SATISFIED, why="又看错了。").status_code == 302
    assert stands(proposal) == (S.CLOSED, 1, Grade.SATISFIED)
    assert "又看错了。" in proposal.moves.latest("pk").reason
    chain = list(Rating.objects.order_by("pk"))
    assert [one.corrects for one in chain] == [None, *chain[:-1]]
    assert {one.scan.name for one in chain} == {chain[0].scan.name}
    for role, place in (
        ("office", reverse("admin:congress_proposal_change", args=[proposal.pk])),
        ("author", url("proposal", proposal.pk)),
    ):
        page = phone(world.people[role]).get(place).content.decode()
        assert page.count("<del>") == len(chain) - 1, role
        assert "更正：又看错了。" in page, role


def test_a_rating_of_another_proposal_is_void_and_the_author_rates_after_all(world: World) -> None:
    for grade in (Grade.SATISFIED, Grade.DISSATISFIED):
        proposal = world.scene(S.ANSWERED).proposal
        enter(world, "rating", proposal, grade=grade, words="没有解决。")
        assert fix(world, proposal, grade="void", why="是另一件提案的。").status_code == 302
        assert stands(proposal) == (S.ANSWERED, 1, None)
        proposal.refresh_from_db()
        assert proposal.rate_by is not None
        assert proposal.rate_by > TODAY
        assert fix(world, proposal).status_code == 422
        reply = proposal.replies.get()
        ratings.rate(reply=reply, grade=Grade.BASICALLY, person=world.delegate.person, actor=world.people["author"])
        assert stands(proposal) == (S.CLOSED, 1, Grade.BASICALLY)
        # What the author said himself is not the office's to correct.
        assert fix(world, proposal, grade=Grade.DISSATISFIED, words="没有解决。").status_code == 422


def test_a_correction_moves_nothing_once_the_second_handling_went_on(world: World) -> None:
    proposal = world.scene(S.ANSWERED).proposal
    enter(world, "rating", proposal, grade=Grade.DISSATISFIED, words="没有解决。")
    leader, contact = world.people["lead's leader"], world.people["lead contact"]
    draft = replies.Draft(kind=ReplyKind.DONE, text="已办理。")
    replies.hand_in(proposal=proposal, department=world.lead, draft=draft, actor=contact)
    assert fix(world, proposal).status_code == 422
    replies.sign(proposal=proposal, actor=leader)
    assert fix(world, proposal).status_code == 302
    assert stands(proposal) == (S.ANSWERED, 2, None)


pytestmark = pytest.mark.django_db
