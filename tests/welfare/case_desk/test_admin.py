"""A grant's page on the desk."""

import pytest
from django.urls import reverse

from tests.factories import members
from tests.factories import rounds as welfare
from tests.factories.accounts import signed_in


def test_a_grants_page_shows_the_verdict() -> None:
    members.member()
    made = welfare.approved()
    answer = signed_in(welfare.officer()).get(reverse("admin:welfare_grant_change", args=[made.grants.get().pk]))
    assert "总工办发〔2017〕32号" in answer.content.decode()


def test_a_grant_of_a_round_tells_how_the_round_came_about() -> None:
    members.member()
    made = welfare.approved()
    answer = signed_in(welfare.officer()).get(reverse("admin:welfare_grant_change", args=[made.grants.get().pk]))
    assert [move.label for move in answer.context["moves"]][-2:] == ["提交审批", "审批通过"]


pytestmark = pytest.mark.django_db
