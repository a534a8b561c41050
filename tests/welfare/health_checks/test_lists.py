"""Attendance by list, never a result; the figures of the seeds from invented rows; a branch books its own."""

import datetime as dt
import io
import re

import pytest
from django.apps import apps
from django.db.models import FileField, JSONField
from django.test import Client
from django.urls import reverse

from members.people.enums import PersonKind
from tests.factories import members
from tests.factories.health_checks import check, hospital, package, whole
from tests.home.imports.corrected_congress import Cells, table
from union_portal.accounts.enums import Role
from union_portal.base import figures
from union_portal.base.figures import FigureRequest
from union_portal.base.importing.preview import ImportRefused
from union_portal.base.periods import Period
from union_portal.base.spreadsheets.errors import SpreadsheetError
from union_portal.base.spreadsheets.writing import write_xlsx
from welfare.health_checks import models
from welfare.health_checks.enums import Audience, BookingState
from welfare.health_checks.models import CheckBooking
from welfare.health_checks.resources import RESULTS, CheckAttendanceList
from welfare.health_checks.services import booking

pytestmark = pytest.mark.django_db


def line(of: models.HealthCheck, number: str | None) -> Cells:
    return {"health_check": of.name, "staff_number": number, "attended_on": "2023-06-01"}


def test_whoever_booked_is_ticked_off_and_whoever_did_not_is_entered() -> None:
    one, booked, other = check(), members.member(), members.member()
    package(one, "1000")
    booking.book(health_check=one, person=booked, actor=None)
    for person in (booked, other):
        CheckAttendanceList(actor=None).confirm(table("health_check_attendance", line(one, person.staff_number)))
    found = CheckBooking.objects.order_by("pk")
    assert [(row.person, row.state, row.attended_on) for row in found] == [
        (booked, BookingState.ATTENDED, dt.date(2023, 6, 1)),
        (other, BookingState.ATTENDED, dt.date(2023, 6, 1)),
    ]
    assert [row.package.cap for row in found if row.package] == [1000, 1000]
    assert [move.target for move in found[0].moves.order_by("pk")] == [BookingState.BOOKED, BookingState.ATTENDED]


def test_who_is_not_in_the_register_is_named() -> None:
    with pytest.raises(ImportRefused) as refused:
        CheckAttendanceList(actor=None).confirm(table("health_check_attendance", line(check(), "99887766")))
    assert "99887766" in str(refused.value.preview.faults[0]) or refused.value.preview.faults[0].label == "工号"
    assert not CheckBooking.objects.exists()


@pytest.mark.parametrize("heading", ["体检结论", "血压（mmHg）", "异常指标", "总检报告"])
def test_a_list_with_results_is_refused_as_a_whole(heading: str) -> None:
    one, person = check(), members.member()
    told = ["体检安排", "工号", "参检日期", heading]
    file = io.BytesIO(write_xlsx(headings=told, rows=[[one.name, person.staff_number, "2023-06-01", "甲"]]))
    with pytest.raises(SpreadsheetError, match="平台不收"):
        CheckAttendanceList(actor=None).preview(file)
    assert not CheckBooking.objects.exists()


def test_no_field_holds_a_result() -> None:
    room = [
        one for one in apps.get_app_config("welfare").get_models() if one.__module__.endswith("health_checks.models")
    ]
    fields = [field for one in room for field in one._meta.concrete_fields]
    assert not [field for field in fields if isinstance(field, FileField) or type(field) is JSONField]
    words = re.compile("|".join(RESULTS))
    assert not [field.verbose_name for field in fields if words.search(str(field.verbose_name))]
    assert {"note", "remark", "summary"}.isdisjoint(field.name for field in fields)


def test_the_seeds_figures_come_from_rows() -> None:
    one = check(year=2023)
    for number in (1, 2):
        hospital(one, contract=f"{number}号", contracted_on=dt.date(2023, 3, number))
    hospital(one)
    retired = check(year=2023, audience=Audience.RETIRED)
    gone = dt.date(2020, 1, 1)
    people = [members.person(kind=PersonKind.RETIREE, retired_on=gone) for _number in range(128)]
    headings = ["体检安排", "工号", "参检日期"]
    rows = [[retired.name, person.staff_number, "2023-06-01"] for person in people]
    CheckAttendanceList(actor=None).confirm(io.BytesIO(write_xlsx(headings=headings, rows=rows)))
    year = Period.year(2023)
    asked = [FigureRequest(key, (key,), year) for key in figures.kinds() if key.startswith("welfare.health_check")]
    found = {figure.key: figure for figure in figures.count(asked)}
    assert found["welfare.health_checks"].times == 2
    assert found["welfare.health_checks.retired"].times == 1
    assert found["welfare.health_check_contracts"].times == 2
    assert found["welfare.health_check_attendance.retired"].heads == 128


def test_a_branch_books_its_own_people_alone(client: Client, one_factor: None) -> None:
    mine, theirs = members.branch(), members.branch()
    own, other = members.member(branch=mine), members.member(branch=theirs)
    one = check()
    client.force_login(members.account_with_role(Role.BRANCH_CHAIR, branches=(mine,)))
    add = reverse("admin:welfare_checkbooking_add")
    for person in (other, own):
        client.post(add, {"health_check": one.pk, "person": person.pk, "day": ""})
    assert [booking.person for booking in CheckBooking.objects.all()] == [own]
    page = client.get(reverse("admin:welfare_healthcheck_change", args=[one.pk])).content.decode()
    assert "各分工会参检情况" in page


def test_the_pages_of_a_check_open(client: Client, one_factor: None) -> None:
    one = whole(person=members.member(branch=members.branch()))
    client.force_login(members.account_with_role(Role.WELFARE))
    page = client.get(reverse("admin:welfare_healthcheck_change", args=[one.pk])).content.decode()
    assert "各分工会参检情况" in page
    assert "还差 1" in page
    booking = one.bookings.get()
    told = client.get(reverse("admin:welfare_checkbooking_change", args=[booking.pk])).content.decode()
    assert "登记参检" in told
