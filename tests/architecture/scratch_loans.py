"""Walks over the kind that docs/adding-a-record.md builds; copied into the scratch tree, where it is a test."""

import datetime as dt
import io
from typing import Any

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse

from tests.factories.accounts import officer
from tests.factories.members import person
from union_portal.accounts.enums import Role
from union_portal.base import figures
from union_portal.base.importing.exporting import export
from union_portal.base.importing.kinds import kind
from union_portal.base.importing.sheets import template
from union_portal.base.periods import Period

pytestmark = pytest.mark.django_db


@pytest.fixture
def loans() -> Any:
    return apps.get_app_config("activities").get_model("Loan")._default_manager


def test_the_kind_of_the_page_works(client: Client, loans: Any) -> None:
    who = person(name="温若安")
    client.force_login(officer(Role.ACTIVITIES))
    given = {"item": "投影仪", "borrower": who.pk, "lent_on": "2024-03-01", "due_on": "2024-02-01"}
    assert "应还日期早于借出日期。" in client.post(reverse("admin:activities_loan_add"), given).content.decode()
    client.post(reverse("admin:activities_loan_add"), {**given, "due_on": "2024-03-31"})
    loan = loans.get()
    page = client.get(reverse("admin:activities_loan_change", args=[loan.pk])).content.decode()
    assert "登记归还" in page
    client.post(reverse("admin:activities_loan_step_give_back", args=[loan.pk]), {"returned_on": "2024-03-20"})
    assert [move.action for move in loan.moves.all()] == ["begin", "give_back"]
    shown = client.get(reverse("admin:activities_loan_changelist"), {"state__exact": "back", "q": "投影"})
    assert "投影仪" in shown.content.decode()
    assert client.post(reverse("admin:activities_loan_export"), {"format": 0, "resource": 0}).status_code == 200

    again = io.BytesIO(export(kind("loans")(), loans.all(), actor=None).data)
    preview = kind("loans")().preview(again)
    assert (preview.unchanged, preview.faulty) == (1, 0), preview.faults
    assert template(kind("loans").kind)

    request = figures.FigureRequest("activities.loans", ("activities.loans",), Period.year(2024))
    figure = figures.count([request])[0]
    chair = officer(Role.CHAIR)
    assert (figure.times, figure.heads) == (1, 1)
    assert figures.rows(request, chair).records.count() == 1
    assert figures.rows(request, chair).records[0][0] == dt.date(2024, 3, 1)

    client.force_login(officer(Role.BRANCH_CHAIR))
    for name in ("changelist", "add"):
        assert client.get(reverse(f"admin:activities_loan_{name}")).status_code == 403
