"""慰问卷宗 and 慰问统计表: all of a case on paper; a year's cases as the table that is signed."""

import datetime as dt
import io
from decimal import Decimal

import openpyxl
import pytest
from django.urls import reverse
from pypdf import PdfReader

from members.people.models import Person
from tests.factories import members
from tests.factories import rounds as welfare
from tests.factories.accounts import signed_in
from union_portal.accounts.enums import Access, DataClass
from union_portal.accounts.models import AccessEntry, User
from welfare.benefits.models import BenefitRule
from welfare.case_desk.renderers import approval_form, dossier
from welfare.cases import services as cases
from welfare.grants.models import Grant

pytestmark = pytest.mark.django_db
DAY = dt.date(2024, 3, 1)


@pytest.fixture
def paid(person: Person, reporter: User) -> Grant:
    BenefitRule.objects.filter(benefit__code="hospital", example=False).update(
        standard=Decimal(500), evidence="出院记录、住院收据"
    )
    members.account(of=person)
    person.refresh_from_db()
    made = cases.confirm(subject=welfare.applied(person), actor=reporter)
    told = cases.Told(person=person, kind="hospital", occurred_on=made.event.occurred_on)  # type: ignore[union-attr]
    made = cases.amend(subject=made, told=told, action="submit", actor=welfare.officer())
    cases.check_evidence(subject=made, checks={"出院记录": (True, True)}, actor=welfare.officer())
    made = cases.approve(subject=made, actor=welfare.chair(), why="已核对证明材料")
    cases.pay(subject=made, fund=welfare.fund(), on=made.granted_on, actor=welfare.treasurer())
    made.refresh_from_db()
    return made


def words_of(pdf: bytes) -> str:
    return "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).replace("\n", "")


def test_the_dossier_tells_the_application_the_papers_every_decision_and_the_posting(
    paid: Grant, reporter: User
) -> None:
    told = words_of(dossier(paid).pdf)
    wanted = ("一、申请", "二、材料清单", "三、办理意见", "四、台账", "出院记录", "a.pdf", "审核通过并上报", "审批通过")
    assert [words for words in (*wanted, reporter.name, "已核对证明材料", "500.00") if words not in told] == []
    assert reporter.name in words_of(approval_form(paid).pdf), "the branch's chair stands in the branch's box"


def test_the_dossier_leaves_with_a_line_in_the_access_log(paid: Grant, reporter: User) -> None:
    address = reverse("admin:welfare_grant_print_dossier", args=[paid.pk])
    answer = signed_in(reporter).post(address)
    assert answer["Content-Type"] == "application/pdf"
    entry = AccessEntry.objects.latest("pk")
    assert (entry.action, entry.data_class, entry.subject) == (Access.PRINT, DataClass.HEALTH, str(paid.pk))


def test_the_table_of_a_year_is_what_the_account_may_see(paid: Grant, reporter: User) -> None:
    other = cases.approve(subject=welfare.case(), actor=welfare.chair())
    cases.pay(subject=other, fund=welfare.fund(), on=paid.granted_on, actor=welfare.treasurer())
    Grant.objects.filter(pk=other.pk).update(granted_on=paid.granted_on)
    address = reverse("admin:welfare_grant_take_table")
    year = {"year": paid.granted_on.year, "purpose": "年度统计"}

    def lines(user: User) -> list[tuple[object, ...]]:
        answer = signed_in(user).post(address, year)
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
        return list(openpyxl.load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True))  # type: ignore[union-attr]

    mine = lines(reporter)
    assert mine[0] == ("序号", "单位", "姓名", "工号", "事项", "日期", "标准（元）", "金额（元）", "发放日期", "备注")
    assert (mine[1][2], mine[1][4], mine[1][6], mine[1][7]) == (paid.person.name, "本人住院", 500, 500)
    assert [row[0] for row in mine[2:3]] == ["合计"]
    everybody = lines(welfare.officer())
    assert [row[7] for row in everybody if row[0] == "合计"] == [1500]
