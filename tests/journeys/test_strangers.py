"""What must not be seen: by a member without a role, and by a branch chair beyond the branch."""

import pytest
from django.urls import reverse

from members.people import services as people
from tests.factories import members as make
from tests.factories.reports import started
from tests.journeys.browsing import PHONE, Browsers
from tests.journeys.people import CARD, IDENTITY, MOBILE, member_with_benefits
from union_portal.accounts.enums import Role
from welfare.grants.models import Grant, Round
from welfare.sheets import services as sheets

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("one_factor")]


def test_a_member_without_a_role_gets_nothing_of_the_staffs_or_of_others(browsers: Browsers) -> None:
    other = member_with_benefits()
    report = started()
    made = Round.objects.earliest("pk")
    paper = sheets.ask_for_sheets(round_=made, actor=None)
    window = browsers.window(user=people.link_account(person=make.member()), size=PHONE)
    page = window.open("/")
    assert page.locator("a[href^='/admin']").count() == 0
    for address in (
        reverse("admin:index"),
        reverse("admin:members_person_changelist"),
        reverse("admin:members_person_change", args=[other.pk]),
        reverse("admin:welfare_round_change", args=[made.pk]),
        reverse("admin:welfare_grant_change", args=[Grant.objects.earliest("pk").pk]),
        reverse("admin:welfare_round_paper", args=[paper.pk]),
        reverse("admin:annual_report_annualreport_change", args=[report.pk]),
        reverse("admin:annual_report_rows", args=[report.pk, "members.total"]),
        reverse("admin:annual_report_pdf", args=[report.pk]),
        reverse("admin:accounts_accessentry_changelist"),
        reverse("home:import_upload"),
        reverse("home:import_template", args=["people"]),
    ):
        answer = page.goto(browsers.base + address)
        assert answer is not None
        assert answer.status in {403, 404}, address
        assert not [told for told in (other.name, MOBILE, CARD, IDENTITY) if told in page.content()], address
    for address in (reverse("home:start"), reverse("home:benefits"), reverse("home:me")):
        page.goto(browsers.base + address)
        assert other.name not in page.content()
        assert "500.00" not in page.content()


def test_a_branch_chair_sees_the_people_of_the_own_branch_only(browsers: Browsers) -> None:
    own, foreign = make.branch(name="信息工程分工会"), make.branch(name="外国语分工会")
    near, far = make.member(name="欧阳静", branch=own), make.member(name="司马明", branch=foreign)
    chair = make.account_with_role(Role.BRANCH_CHAIR, branches=(own,))
    page = browsers.window(user=chair).open(reverse("admin:members_person_changelist"))
    listed = page.locator("body").inner_text()
    assert near.name in listed
    assert far.name not in listed
    page.goto(browsers.base + reverse("admin:members_person_changelist") + "?q=" + far.name)
    assert page.locator(f"a[href*='/person/{far.pk}/']").count() == 0
    page.goto(browsers.base + reverse("admin:members_person_change", args=[near.pk]))
    assert near.name in page.locator("body").inner_text()
    page.goto(browsers.base + reverse("admin:members_person_change", args=[far.pk]))
    assert far.name not in page.locator("body").inner_text()
    refused = page.goto(browsers.base + reverse("home:import_upload"))
    assert refused is not None
    assert refused.status == 403
