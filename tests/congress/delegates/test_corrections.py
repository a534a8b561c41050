"""A mandate entered wrongly is put right while nothing hangs on it, and not afterwards."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from congress.attendance.services import roll
from congress.delegates.enums import MandateEnd
from congress.delegates.models import Delegate
from congress.delegates.services import corrections, mandates
from congress.proposals.enums import ProposalState
from tests.factories import bodies, delegates, drives, members, proposals, sessions
from union_portal.accounts.enums import Role
from union_portal.base.errors import DomainError, Refused


def corrected(delegate: Delegate, **changes: Any) -> Delegate:
    said = {
        "person": delegate.person,
        "on": delegate.valid_from,
        "delegation": delegate.delegation,
        "reason": "录入错误",
    }
    return corrections.correct_mandate(delegate=delegate, actor=None, **{**said, **changes})


def test_the_office_puts_the_wrong_person_right_and_the_roll_follows() -> None:
    congress = bodies.congress()
    group = delegates.delegation(of=congress)
    wrong, right = delegates.delegate(of=congress), members.member()
    sitting = sessions.session(congress, convened_on=timezone.localdate()).sittings.get()
    roll.draw_up(sitting=sitting)
    client = Client()
    client.force_login(bodies.officer())
    address = reverse("admin:congress_delegate_correct", args=[wrong.pk])
    day = bodies.BEGAN + dt.timedelta(days=5)
    data = {"person": right.pk, "on": day, "delegation": group.pk, "reason": "同名录错"}
    assert client.post(address, {**data, "reason": ""}).status_code == 422
    assert client.post(address, data).status_code == 302
    made: Any = Delegate.objects.get()
    assert (made.person, made.valid_from, made.delegation) == (right, day, group)
    entry = sitting.roll.get()
    assert (entry.person, entry.delegation) == (right, group)
    assert "同名录错" in client.get(reverse("admin:congress_delegate_history", args=[made.pk])).content.decode()
    context = made.events.latest("pgh_id").pgh_context
    assert context.metadata["reason"] == "同名录错"


def test_what_hangs_on_a_mandate_is_named_and_keeps_it_as_it_is() -> None:
    congress = bodies.congress()
    ended, author, heading, present = (delegates.delegate(of=congress) for _number in range(4))
    mandates.end_mandate(delegate=ended, on=timezone.localdate(), way=MandateEnd.RESIGNED, actor=None)
    ended.refresh_from_db()
    proposals.proposal(
        congress=congress, proposer=author, drive=drives.drive(of=sessions.session(congress)), state=ProposalState.DRAFT
    )
    group = delegates.delegation(of=congress)
    mandates.place_in(delegates=[heading], delegation=group)
    heading.refresh_from_db()
    mandates.appoint_heads(delegation=group, head=heading, deputy=None)
    sitting = sessions.session(congress, convened_on=timezone.localdate()).sittings.get()
    roll.draw_up(sitting=sitting)
    roll.check_in_from_list(entry=sitting.roll.get(person=present.person), actor=None)
    for one, why in ((ended, "结束"), (author, "提案"), (heading, str(group)), (present, str(sitting))):
        with pytest.raises(Refused) as refused:
            corrected(one, person=members.member())
        assert why in str(refused.value), why
    assert not Delegate.objects.exclude(person__in=[one.person for one in (ended, author, heading, present)]).exists()


def test_a_correction_follows_the_rules_of_an_election() -> None:
    congress = bodies.congress()
    one, other = delegates.delegate(of=congress), delegates.delegate(of=congress)
    retired = members.member(retired_on=bodies.BEGAN - dt.timedelta(days=1))
    foreign = delegates.delegation(of=bodies.congress())
    for change in (
        {}, {"person": retired}, {"on": congress.ends_on + dt.timedelta(days=1)}, {"delegation": foreign},
    ):  # fmt: skip
        with pytest.raises(Refused):
            corrected(one, **change)
    with pytest.raises(DomainError, match="已有代表资格"):
        corrected(one, person=other.person)


def test_only_who_runs_the_congress_corrects() -> None:
    one = delegates.delegate(of=bodies.congress())
    for role, status in ((Role.WELFARE, 403), (Role.BRANCH_CHAIR, 404)):
        client = Client()
        client.force_login(members.account_with_role(role))
        assert client.post(reverse("admin:congress_delegate_correct", args=[one.pk])).status_code == status


pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("one_factor")]
