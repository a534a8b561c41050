"""Word to departments when proposals come to them: one mail a person and step."""

from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from congress.departments import services as departments
from congress.departments.enums import DepartmentDuty
from congress.departments.models import Department
from congress.handling.services import assigning
from congress.proposals.enums import ProposalState
from congress.proposals.models import Proposal
from tests.congress.handling.scenes import World, new_world
from tests.factories import departments as make
from tests.letters import posted
from union_portal.accounts.models import User


@pytest.fixture
def world() -> World:
    made = new_world()
    for name, role in (("lead", "lead contact"), ("leader", "lead's leader"), ("support", "supporting contact")):
        User.objects.filter(pk=made.people[role].pk).update(email=f"{name}@example.edu.cn")
    return made


def filed(world: World) -> Proposal:
    return world.scene(ProposalState.FILED).proposal


def heard() -> dict[str, str]:
    return {one.to[0]: f"{one.subject}\n{one.body}" for one in posted()}


def test_contacts_are_told_once_what_came_with_duty_and_deadline(
    world: World, django_capture_on_commit_callbacks: Any
) -> None:
    proposal = filed(world)
    order: dict[str, Any] = {"lead": world.lead, "supporting": [world.support], "actor": world.people["office"]}
    with django_capture_on_commit_callbacks(execute=True):
        assigning.assign(proposal=proposal, **order)
        assigning.assign(proposal=proposal, **order)
    proposal.refresh_from_db()
    told = heard()
    assert set(told) == {"lead@example.edu.cn", "support@example.edu.cn"}
    assert len(mail.outbox) == 2
    for words in (proposal.number, "主办", f"{proposal.due_on}"):
        assert words in told["lead@example.edu.cn"], words
    assert "协办" in told["support@example.edu.cn"]


def test_many_assigned_at_once_are_one_mail_a_person(world: World, django_capture_on_commit_callbacks: Any) -> None:
    several = [filed(world) for _ in range(5)]
    taken = world.scene(ProposalState.ASSIGNED).proposal
    head = make.post(of=world.lead, duty=DepartmentDuty.HEAD)
    User.objects.filter(pk=head.pk).update(email="head@example.edu.cn")
    with django_capture_on_commit_callbacks(execute=True):
        assigning.assign_many(proposals=[*several, taken], lead=world.lead, actor=world.people["office"])
    assert sorted(heard()) == ["head@example.edu.cn", "lead@example.edu.cn"]
    assert len(mail.outbox) == 2
    assert all(one.number in heard()["lead@example.edu.cn"] for one in several)
    assert taken.number not in heard()["lead@example.edu.cn"]


def contact(department: Department, address: str) -> None:
    User.objects.filter(person__department_posts__department=department).update(email=address)


def test_only_who_is_new_hears_of_a_change(world: World, django_capture_on_commit_callbacks: Any) -> None:
    at = world.scene(ProposalState.ASSIGNED)
    other, heir = make.department(contact=True), make.department(contact=True)
    contact(other, "other@example.edu.cn")
    contact(heir, "heir@example.edu.cn")
    with django_capture_on_commit_callbacks(execute=True):
        assigning.reassign(
            proposal=at.proposal,
            lead=other,
            supporting=[world.support],
            reason="职责调整",
            actor=world.people["office"],
        )
    assert set(heard()) == {"other@example.edu.cn"}
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        departments.merge(department=other, into=heir, on=timezone.localdate(), actor=world.people["office"])
    assert set(heard()) == {"heir@example.edu.cn"}


pytestmark = pytest.mark.django_db
