"""Inspections at the desk and by list: what was found, who puts it right, what became of it."""

import datetime as dt
import io
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from congress.inspections.enums import FindingState
from congress.inspections.models import Finding, Inspection
from congress.inspections.resources import InspectionList
from tests.factories import bodies, departments, members
from tests.factories.days import TODAY
from union_portal.base.errors import DomainError
from union_portal.base.importing.preview import Status
from union_portal.base.spreadsheets.writing import write_xlsx
from union_portal.base.steps import record, saved

DAY = dt.timedelta(days=1)


@pytest.fixture
def desk(client: Client) -> Client:
    client.force_login(bodies.officer())
    return client


def address(model: str, *args: Any, step: str = "") -> str:
    return reverse(f"admin:congress_{model}_{step or 'change'}", args=args)


def inspection() -> Inspection:
    return Inspection.objects.create(title="食堂巡视", held_on=TODAY - DAY)


def test_an_inspection_gets_its_findings_and_what_became_of_them(desk: Client) -> None:
    data = {"title": "食堂巡视", "held_on": TODAY.isoformat(), "places": "一食堂", "people": [members.member().pk]}
    assert desk.post(address("inspection", step="add"), data).status_code == 302
    one = Inspection.objects.get()
    assert one.people.count() == 1
    note = desk.get(address("inspection", one.pk, step="add_findings"))["Location"]
    found = {"inspection": one.pk, "text": "后厨湿滑", "department": departments.department().pk}
    late = desk.post(note, {**found, "due_on": (TODAY - DAY).isoformat()})
    assert "整改期限早于巡视日期。" in late.content.decode()
    made = desk.post(note, {**found, "due_on": TODAY.isoformat()})
    assert made["Location"] == address("inspection", one.pk)
    finding = Finding.objects.get()
    settle = address("finding", finding.pk, step="step_put_right")
    assert desk.post(settle, {"result": " ", "settled_on": TODAY.isoformat()}).status_code == 422
    assert desk.post(settle, {"result": "已铺防滑垫", "settled_on": (TODAY + DAY).isoformat()}).status_code == 422
    done = {"result": "已铺防滑垫", "settled_on": TODAY.isoformat()}
    assert desk.post(settle, done).status_code == 302
    finding.refresh_from_db()
    assert finding.state == FindingState.PUT_RIGHT
    assert "已铺防滑垫" in desk.get(address("inspection", one.pk)).content.decode()
    assert desk.get(address("finding", finding.pk)).status_code == 200
    assert desk.post(settle, done).status_code == 422
    assert desk.post(address("finding", finding.pk, step="step_explain"), done).status_code == 422


def test_a_closed_department_gets_no_finding(desk: Client) -> None:
    one, closed = inspection(), departments.department()
    type(closed).objects.filter(pk=closed.pk).update(closed_on=TODAY)
    data = {"inspection": one.pk, "text": "后厨湿滑", "department": closed.pk}
    assert desk.post(address("finding", step="add"), data).status_code == 200
    assert not Finding.objects.exists()


def test_the_desk_names_what_is_overdue(desk: Client) -> None:
    record(Finding(inspection=inspection(), text="后厨湿滑", due_on=TODAY - DAY), actor=None)
    record(Finding(inspection=Inspection.objects.get(), text="灯光昏暗", due_on=TODAY), actor=None)
    assert "巡视问题整改逾期" in desk.get(reverse("admin:index")).content.decode()
    shown = desk.get(address("finding", step="changelist"), {"overdue": "yes"})
    assert [one.text for one in shown.context["cl"].result_list] == ["后厨湿滑"]


def test_nothing_was_due_or_settled_before_the_inspection(desk: Client) -> None:
    one = inspection()
    before, later = one.held_on - DAY, one.held_on + DAY
    with pytest.raises(DomainError) as refused:
        record(Finding(inspection=one, text="后厨湿滑", due_on=before), actor=None)
    assert refused.value.field == "due_on"
    finding = record(Finding(inspection=one, text="后厨湿滑", due_on=one.held_on), actor=None)
    for day, code in ((before, 422), (one.held_on, 302)):
        sent = {"result": "已铺防滑垫", "settled_on": f"{day}"}
        assert desk.post(address("finding", finding.pk, step="step_put_right"), sent).status_code == code
    one.held_on = later
    with pytest.raises(DomainError) as refused:
        saved(one)
    assert refused.value.field == "held_on"


def test_a_corrected_list_corrects_what_was_recorded() -> None:
    actor, headings = bodies.officer(), ("巡视名称", "日期", "人数")
    for heads in (20, 30):
        table = io.BytesIO(write_xlsx(headings=headings, rows=[("食堂巡视", TODAY, heads)]))
        InspectionList(actor=actor).confirm(table)
        assert Inspection.objects.get().heads == heads
    again = InspectionList(actor=actor).preview(
        io.BytesIO(write_xlsx(headings=headings, rows=[("食堂巡视", TODAY, 31)]))
    )
    assert again.counts[Status.CHANGED] == 1


pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("one_factor")]
