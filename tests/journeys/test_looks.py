"""Every main page at the desk's and the phone's width: open to everybody, no wider than the window, in Chinese."""

from dataclasses import dataclass

import pytest
from django.urls import reverse
from django.utils import timezone

from members.people import services as people
from tests.factories import members as make
from tests.journeys.browsing import DESK, PHONE, Browsers
from tests.journeys.looking import faults_of
from tests.journeys.people import member_with_benefits
from tests.journeys.test_importing import upload
from tests.members.register import hr_spreadsheet
from union_portal.accounts.enums import Role
from union_portal.accounts.models import User
from union_portal.annual_report.outlines.models import Outline
from union_portal.annual_report.reports.services.drafting import start_report
from union_portal.base.periods import Period
from welfare.grants.models import Round

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("one_factor")]
SIZES = pytest.mark.parametrize("size", [DESK, PHONE], ids=["1440", "390"])


@dataclass
class Cast:
    """Who looks, and what there is to look at."""

    member: User
    staff: User
    desk_pages: dict[str, list[str]]


@pytest.fixture
def cast() -> Cast:
    person = member_with_benefits()
    year = Period.year(timezone.localdate().year)
    report = start_report(outline=Outline.objects.get(code="summary"), period=year, actor=None)
    return Cast(
        member=people.link_account(person=person),
        staff=make.account_with_role(Role.ORGANISATION, Role.WELFARE, Role.CHAIR),
        desk_pages={
            "members": [
                reverse("admin:index"),
                reverse("admin:members_person_changelist"),
                reverse("admin:members_person_change", args=[person.pk]),
            ],
            "money": [
                reverse("admin:welfare_round_changelist"),
                reverse("admin:welfare_round_change", args=[Round.objects.latest("pk").pk]),
                reverse("admin:annual_report_annualreport_change", args=[report.pk]),
            ],
        },
    )


@SIZES
def test_members_pages_are_open_to_everybody_fit_and_speak_chinese(
    browsers: Browsers, cast: Cast, size: dict[str, int]
) -> None:
    doors = [reverse("account_login"), reverse("account_signup")]
    rooms = [reverse("home:start"), reverse("home:benefits"), reverse("home:me")]
    found = faults_of(browsers.window(size=size), doors)
    found += faults_of(browsers.window(user=cast.member, size=size), rooms)
    assert not found, "\n".join(found)


@SIZES
@pytest.mark.parametrize("work", ["members", "money"])
def test_the_desks_pages_are_open_to_everybody_fit_and_speak_chinese(
    browsers: Browsers, cast: Cast, size: dict[str, int], work: str
) -> None:
    found = faults_of(browsers.window(user=cast.staff, size=size), cast.desk_pages[work])
    assert not found, "\n".join(found)


@SIZES
def test_the_pages_of_an_import_are_open_to_everybody_fit_and_speak_chinese(
    browsers: Browsers, size: dict[str, int]
) -> None:
    hr_spreadsheet.found_branches()
    window = browsers.window(user=make.account_with_role(Role.ORGANISATION), size=size)
    address = reverse("home:import_upload")
    found = faults_of(window, [address])
    for table in (
        hr_spreadsheet.planted(hr_spreadsheet.rows(30), count=len(hr_spreadsheet.FAULTS))[0],
        hr_spreadsheet.rows(30),
    ):
        page = window.open(address)
        upload(page, table)
        found += faults_of(window, [page.url.removeprefix(window.base)])
    assert not found, "\n".join(found)
