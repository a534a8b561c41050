"""Ratings and opinions that came on paper, entered by the office, which says so."""

import datetime as dt
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from congress.handling.enums import Grade
from congress.proposals.enums import ProposalState
from congress.proposals.models import Proposal
from tests.congress.handling.scenes import World
from tests.congress.ratings.test_opinions import merged_and_answered
from tests.factories import papers
from tests.factories.proposals import phone, url

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
    rating = at.proposal.replies.get().rating
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
    assert not hasattr(at.proposal.replies.get(), "rating")
    assert enter(world, "rating", at.proposal).status_code == 302
    assert not at.proposal.replies.get().rating.scan
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


pytestmark = pytest.mark.django_db
