"""What proves a case is ticked off, and the case is printed as the official form."""

import datetime as dt
import io

import pytest
from django.urls import reverse
from pypdf import PdfReader

from tests.factories import rounds as welfare
from tests.factories.accounts import signed_in
from tests.factories.rules import rule, without
from union_portal.accounts.models import AccessEntry
from union_portal.base.errors import DomainError
from welfare.case_desk.renderers import approval_form
from welfare.cases import services as cases
from welfare.cases.services.evidence import checklist
from welfare.grants.models import Grant

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("one_factor")]


@pytest.fixture
def case() -> Grant:
    without("hospital")
    rule("hospital", standard="800", cap="1000", form="cash", evidence="住院收费票据、出院记录；病案首页")
    return welfare.case(amount="800")


def test_papers_are_ticked_off_one_by_one_and_what_is_not_asked_for_is_refused(case: Grant) -> None:
    officer = welfare.officer()
    desk = signed_in(officer)
    address = reverse("admin:welfare_grant_check_evidence", args=[case.pk])
    assert "出院记录：原件已核" in desk.get(address).content.decode()
    desk.post(address, {"original_0": "on", "copy_0": "on", "copy_1": "on"})
    assert [(one.item, one.words) for one in checklist(case)] == [
        ("住院收费票据", "原件已核，复印件已留"),
        ("出院记录", "复印件已留"),
        ("病案首页", "未核对"),
    ]
    with pytest.raises(DomainError, match="没有要求"):
        cases.check_evidence(subject=case, checks={"户口本": (True, True)}, actor=officer)
    page = desk.get(reverse("admin:welfare_grant_change", args=[case.pk])).content.decode()
    assert "复印件已留" in page


def test_what_was_checked_stays_when_the_standard_changes(case: Grant) -> None:
    cases.check_evidence(subject=case, checks={"病案首页": (True, False)}, actor=welfare.officer())
    case.benefit.rules.update(evidence="出院记录")
    assert [one.item for one in checklist(case)] == ["出院记录", "病案首页"]


def test_the_form_is_one_page_filled_in_as_far_as_it_has_come_and_logged(case: Grant) -> None:
    cases.check_evidence(subject=case, checks={"出院记录": (True, True)}, actor=welfare.officer())
    cases.approve(subject=case, actor=welfare.chair())
    case.refresh_from_db()
    cases.pay(subject=case, fund=welfare.fund(), on=dt.date(2024, 3, 8), actor=welfare.treasurer())
    response = signed_in(welfare.officer()).post(reverse("admin:welfare_grant_print_form", args=[case.pk]))
    assert response["Content-Type"] == "application/pdf"
    entry = AccessEntry.objects.latest("pk")
    assert (entry.action, entry.data_class, entry.subject) == ("print", "health", str(case.pk))
    case.refresh_from_db()
    made = approval_form(case)
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(made.pdf)).pages)
    assert made.pages == 1
    for words in ("工会会员慰问审批表", case.person.name, "捌佰元整", "2024年3月8日", "☑"):
        assert words in text, words


def test_a_branch_s_chair_prints_no_other_branch_s_case(case: Grant) -> None:
    from tests.factories.accounts import officer as account_with  # noqa: PLC0415
    from union_portal.accounts.enums import Role  # noqa: PLC0415

    stranger = account_with(Role.BRANCH_CHAIR)
    response = signed_in(stranger).post(reverse("admin:welfare_grant_print_form", args=[case.pk]))
    assert response.status_code in {302, 403, 404}
