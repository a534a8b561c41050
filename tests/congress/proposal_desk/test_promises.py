"""落实情况 at the desk: every promise with its day, the late ones first among what waits."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from congress.handling.enums import FollowUpState
from congress.handling.models import FollowUp, Reply
from congress.proposal_desk.portal import desk_items
from congress.proposals.enums import ProposalState
from tests.congress.handling.scenes import World
from tests.factories import bodies

LIST = reverse("admin:congress_followup_changelist")


def promise(world: World, *, days: int) -> FollowUp:
    """Return an open promise that falls due so many days from today."""
    proposal = world.scene(ProposalState.CLOSED).proposal
    reply = Reply.objects.filter(proposal=proposal).latest("pk")
    due_on = timezone.localdate() + dt.timedelta(days=days)
    return FollowUp.objects.create(proposal=proposal, reply=reply, due_on=due_on, state=FollowUpState.OPEN)


def desk() -> Client:
    client = Client()
    client.force_login(bodies.officer())
    return client


def test_the_desk_names_what_fell_due_and_what_soon_will_with_the_earliest_day(world: World) -> None:
    late, soon, _later = (promise(world, days=days) for days in (-3, 10, 40))

    found = {str(item.address): item for item in desk_items(bodies.officer()) if "followup" in str(item.address)}

    assert {address.rpartition("=")[2]: (item.due_on, item.urgent) for address, item in found.items()} == {
        "late": (late.due_on, True),
        "soon": (soon.due_on, False),
    }


def test_the_list_shows_each_promise_with_its_day_department_and_proposal(world: World) -> None:
    late, soon = promise(world, days=-3), promise(world, days=10)
    client = desk()

    shown = client.get(LIST).content.decode()
    assert str(world.lead) in shown
    assert "逾期 3 天" in shown
    assert "还剩 10 天" in shown
    assert reverse("admin:congress_proposal_change", args=[late.proposal_id]) in shown
    narrowed = client.get(LIST, {"due": "late"}).content.decode()
    assert late.proposal.number in narrowed
    assert soon.proposal.number not in narrowed


pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("one_factor")]
