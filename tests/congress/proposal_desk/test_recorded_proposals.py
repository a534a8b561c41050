"""Proposals of past sessions entered later (补录): what nobody knows the end of (去向不详) waits for nobody."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from congress.past_records import services as past_records
from congress.proposal_desk.portal import desk_items
from congress.proposals.enums import Outcome, ProposalState
from congress.proposals.models import Proposal
from congress.proposals.services import submitting
from tests.congress.handling.scenes import World
from tests.factories import sessions
from tests.factories.proposals import phone, url
from union_portal.base.errors import Refused
from union_portal.home.member_page.portal import member_items


def past(world: World, *, outcome: Outcome = Outcome.UNDECIDED) -> Proposal:
    session = sessions.session(world.congress, convened_on=timezone.localdate() - dt.timedelta(days=300))
    paper = past_records.Paper(
        number="2019-007",
        title="关于旧操场的提案",
        outcome=outcome,
        author=past_records.Author(delegate=world.delegate),
    )
    return past_records.record_proposal(
        session=session, congress=world.congress, paper=paper, actor=world.people["office"]
    )


def waiting(world: World, role: str) -> set[str]:
    user = world.people[role]
    return {str(one.title) for one in desk_items(user)} | {str(one.title) for one in member_items(user)}


@pytest.mark.parametrize(
    ("outcome", "state", "title", "role"),
    [
        (Outcome.UNDECIDED, ProposalState.SUBMITTED, "待审查的提案", "office"),
        (Outcome.UNDECIDED, ProposalState.SUBMITTED, "待审查的提案", "committee"),
        (Outcome.FILED, ProposalState.FILED, "待交办的提案", "office"),
    ],
)
def test_what_was_recorded_later_is_counted_for_nobody(
    world: World, outcome: Outcome, state: ProposalState, title: str, role: str
) -> None:
    assert past(world, outcome=outcome).state == state
    assert title not in waiting(world, role)
    world.scene(state)
    assert title in waiting(world, role)


def test_the_committee_does_not_find_it_among_what_waits(world: World) -> None:
    lost = past(world)
    fresh = world.scene(ProposalState.SUBMITTED).proposal
    client = phone(world.people["committee"])
    page = client.get(reverse("congress:committee")).content.decode()
    assert fresh.title in page
    assert lost.title not in page
    one = client.get(reverse("congress:committee_proposal", args=[lost.pk])).content.decode()
    assert "去向不详" in one
    assert 'name="decision"' not in one


def test_the_desk_leads_to_the_list_of_just_as_many(world: World) -> None:
    lost = past(world)
    fresh = world.scene(ProposalState.SUBMITTED).proposal
    item = next(one for one in desk_items(world.people["office"]) if str(one.title) == "待审查的提案")
    office = phone(world.people["office"])
    page = office.get(item.address).content.decode()
    assert item.count == 1
    assert fresh.title in page
    assert lost.title not in page
    every = office.get(reverse("admin:congress_proposal_changelist")).content.decode()
    assert lost.title in every
    assert "去向不详" in every


def test_its_author_reads_that_nobody_knows_and_cannot_withdraw_it(world: World) -> None:
    lost = past(world)
    page = phone(world.people["author"]).get(url("proposal", lost.pk)).content.decode()
    assert "去向不详" in page
    assert url("proposal_withdraw", lost.pk) not in page
    with pytest.raises(Refused):
        submitting.withdraw(proposal=lost, version=None, actor=world.people["author"], why="不再需要")


pytestmark = pytest.mark.django_db
