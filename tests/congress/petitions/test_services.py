"""Suggestions, inspections, petitions, committees and regulations keep their promises."""

import pytest
from django.db import connection

from congress.petitions import services as petitions
from congress.petitions.enums import PetitionChannel
from congress.petitions.models import Petition
from tests.database import at_once
from tests.factories import members
from tests.factories.days import TODAY
from union_portal.accounts.enums import Role
from union_portal.accounts.models import AccessEntry, User
from union_portal.base.errors import Refused
from union_portal.base.steps import take


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
    looked = AccessEntry.objects.get(kind="petition")
    assert made.number not in str(vars(looked))
    assert looked in AccessEntry.objects.visible_to(handler)
    for watcher in (*others[1:], admin):
        assert looked not in AccessEntry.objects.visible_to(watcher)


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
    petitions.hand_over(petition=made, handlers=[successor], actor=None, reason="当事人要求回避")
    assert "回避" in str(Petition.objects.get().handed_over)
    assert "回避" not in str(list(AccessEntry.objects.values()))
    assert not Petition.objects.visible_to(handler).exists()
    assert Petition.objects.visible_to(successor).exists()


def test_a_petition_is_answered_reopened_and_closed() -> None:
    made, _handler = petition()
    take(subject=made, action="take_up", actor=None)
    petitions.answer(subject=made, answer="已协调", actor=None)
    petitions.reopen(subject=made, why="尚未落实", actor=None)
    petitions.answer(subject=made, answer="已落实", actor=None)
    closed = take(subject=made, action="close", actor=None)
    with pytest.raises(Refused):
        petitions.answer(subject=closed, answer="再答", actor=None)


@pytest.mark.django_db(transaction=True)
def test_two_petitions_at_once_get_two_numbers() -> None:
    handler = members.account_with_role(Role.CONGRESS)

    def receive() -> None:
        petitions.receive(channel=PetitionChannel.LETTER, subject="来信", text="", received_on=TODAY, actor=handler)

    at_once(*[receive] * 4)
    numbers = sorted(Petition.objects.values_list("number", flat=True))
    assert numbers == [f"SQ{TODAY.year}-{number:03d}" for number in range(1, 5)]


pytestmark = pytest.mark.django_db
