"""Petitions at the desk, over HTTP: their handlers find them, and nobody else learns that they exist."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from congress.petitions import services as petitions
from congress.petitions.enums import PetitionChannel, PetitionState
from congress.petitions.models import Petition
from tests.factories import bodies, members
from union_portal.accounts.enums import Role
from union_portal.accounts.models import AccessEntry, User

TODAY = timezone.localdate()


def desk(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def address(model: str, *args: Any, step: str = "") -> str:
    name = step or ("change" if args else "changelist")
    return reverse(f"admin:congress_{model}_{name}", args=args)


def petition(handler: User) -> Petition:
    return petitions.receive(
        channel=PetitionChannel.LETTER, subject="岗位调整一事", text="希望复核", received_on=TODAY, actor=handler
    )


def strangers() -> list[User]:
    others = [members.account_with_role(role) for role in (Role.CONGRESS, Role.CHAIR, Role.AUDIT, Role.ADMINISTRATOR)]
    admin = members.account_with_role(Role.CONGRESS)
    admin.is_superuser = True
    admin.save()
    return [*others, admin]


def test_a_stranger_finds_nothing_of_a_petition_be_he_chair_or_superuser() -> None:
    handler = bodies.officer()
    one = petition(handler)
    for stranger in strangers():
        client = desk(stranger)
        for place in ("", f"?q={one.number}", "?state__exact=received", f"?id__exact={one.pk}", "?due=open"):
            text = client.get(address("petition") + place).content.decode()
            assert f">{one.number}<" not in text, (stranger.roles, place)
            assert f"/petition/{one.pk}/" not in text
        for step in (
            "change",
            "history",
            "delete",
            "step_take_up",
            "step_answer",
            "hand_over",
            "step_reopen",
            "step_close",
        ):
            target = address("petition", one.pk, step=step)
            assert client.get(target).status_code in {302, 403, 404}, (stranger.roles, step)
            assert "岗位" not in client.get(target, follow=True).content.decode()
            client.post(target, {"answer": "x", "why": "x", "reason": "x", "handlers": stranger.pk})
        found = client.get(
            reverse("admin:autocomplete"),
            {"app_label": "congress", "model_name": "petitionmove", "field_name": "subject", "term": ""},
        )
        assert found.status_code in {302, 403} or one.number not in found.content.decode()
        desk_page = client.get(reverse("admin:index"), follow=True).content.decode()
        assert "?due=open" not in desk_page
    one.refresh_from_db()
    assert (one.state, list(one.handlers.all())) == (PetitionState.RECEIVED, [handler])
    assert not AccessEntry.objects.filter(kind="petition").exclude(user=handler).exists()


def test_every_look_of_a_handler_is_written_down_and_the_list_names_no_subject() -> None:
    handler = bodies.officer()
    one = petition(handler)
    client = desk(handler)
    listing = client.get(address("petition")).content.decode()
    assert one.number in listing
    assert "岗位" not in listing
    for _look in range(2):
        assert "岗位调整一事" in client.get(address("petition", one.pk)).content.decode()
    assert AccessEntry.objects.filter(kind="petition", subject=petitions.mark_of(one), user=handler).count() == 2


def test_a_petition_is_taken_up_answered_and_handed_over_at_the_desk() -> None:
    handler, other, unfit = (
        bodies.officer(),
        members.account_with_role(Role.WOMEN),
        members.account_with_role(Role.AUDIT),
    )
    one = petition(handler)
    client = desk(handler)
    assert client.post(address("petition", one.pk, step="step_take_up")).status_code == 302
    assert "all_" not in client.get(address("petition")).content.decode()
    assert client.post(address("petition", one.pk, step="step_answer"), {"answer": "已协调"}).status_code == 302
    again = address("petition", one.pk, step="step_reopen")
    assert client.post(again, {"why": ""}).status_code == 422
    assert client.post(again, {"why": "仍未落实"}).status_code == 302
    assert "已协调" not in client.get(address("petition", one.pk, step="step_answer")).content.decode()
    assert client.post(address("petition", one.pk, step="step_answer"), {"answer": "已落实"}).status_code == 302
    one.refresh_from_db()
    assert one.answer == "已协调\n\n再次受理：仍未落实\n\n已落实"
    assert not one.moves.exclude(reason="").exists()
    step = address("petition", one.pk, step="hand_over")
    assert client.get(step).context["form"]["handlers"].field.widget.attrs["class"] == "up-choices"
    assert client.post(step, {"handlers": [unfit.pk], "reason": "x"}).status_code == 422
    assert client.post(step, {"handlers": [other.pk], "reason": "女职工事项"}).status_code == 302
    assert client.get(address("petition", one.pk)).status_code in {302, 404}
    assert desk(other).get(address("petition", one.pk)).status_code == 200


pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("one_factor")]
