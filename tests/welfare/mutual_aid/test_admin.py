"""Mutual-aid plans at the desk: enrolled by list after a look, the premium posted once by a second person."""

import datetime as dt
import io
from decimal import Decimal
from typing import Any

import pytest

from members.people.models import Person
from tests.factories import approvals, ledger, members
from tests.factories import rounds as welfare
from tests.factories.accounts import signed_in
from union_portal.accounts.enums import Role
from union_portal.accounts.models import User
from union_portal.base.spreadsheets.writing import write_xlsx
from welfare.approvals import services as papers
from welfare.approvals.models import PaperApproval
from welfare.books.models import Fund
from welfare.ledger.models import Posting
from welfare.mutual_aid.models import Cover, MutualAidPlan
from welfare.mutual_aid.services import covers, premiums
from welfare.rosters.resources import read_people

STARTS = dt.date(2024, 4, 1)
LATER = {"starts_on": dt.date(2024, 9, 1), "paid_on": dt.date(2024, 9, 1)}


@pytest.fixture
def plan() -> MutualAidPlan:
    return MutualAidPlan.objects.create(
        code="t-plan", name="测试互助保障", premium=Decimal("80.00"), account=ledger.account()
    )


@pytest.fixture
def fund() -> Fund:
    return ledger.open_book(2024)


def upload(people: list[Person], **fields: str) -> dict[str, Any]:
    rows = [(person.staff_number, person.name) for person in people]
    file = io.BytesIO(write_xlsx(headings=("工号", "姓名"), rows=rows))
    file.name = "list.xlsx"
    start = {"source": "2024年参保名单", "starts_on": "2024-04-01", "paid_on": "2024-03-20"}
    return {"file": file, **start, **fields}


def test_a_list_is_looked_at_first_and_enrolled_when_confirmed(plan: MutualAidPlan) -> None:
    client = signed_in(welfare.officer())
    people = [members.member() for _ in range(3)]
    address = f"/admin/welfare/mutualaidplan/{plan.pk}"
    looked = client.post(f"{address}/enrol-list/", upload(people))
    assert "240.00" in looked.content.decode()
    assert not Cover.objects.exists()
    assert "3 人参加" in looked.content.decode()
    for _press in range(2):
        client.post(f"{address}/enrol-list/", {"sealed": looked.context["sealed"]})
    assert Cover.objects.filter(plan=plan, starts_on=STARTS, premium=80).count() == 3


def test_the_page_of_a_cover_says_what_comes_next_and_who_does_it(plan: MutualAidPlan, fund: Fund) -> None:
    enroller, finance = welfare.officer(), welfare.treasurer()
    client = signed_in(enroller)
    given: dict[str, Any] = {"starts_on": STARTS, "paid_on": STARTS, "source": "名单"}
    covers.enrol(plan=plan, lines=read_people(file=upload([members.member()])["file"]), actor=enroller, **given)
    cover = Cover.objects.get()

    def said() -> str:
        return str(client.get(f"/admin/welfare/cover/{cover.pk}/change/").context["next_step"])

    assert said().startswith("下一步：财务在“测试互助保障”中办理本期保费入账")
    premiums.approve_premium(term=premiums.Term(plan, STARTS, STARTS), fund=fund, posted_on=STARTS, actor=finance)
    assert "没有待办事项" in said()
    other = members.member()
    covers.enrol(plan=plan, lines=read_people(file=upload([other])["file"]), actor=enroller, **(given | LATER))
    cover = Cover.objects.get(person=other)
    covers.annul(subject=cover, actor=enroller, why="误报")
    assert said() == "已撤销，不计入参保人数和保费。"


def test_a_list_that_does_not_match_the_register_is_refused_at_its_field(plan: MutualAidPlan) -> None:
    stranger = members.member()
    stranger.name = "另一个人"
    answer = signed_in(welfare.officer()).post(
        f"/admin/welfare/mutualaidplan/{plan.pk}/enrol-list/", upload([stranger])
    )
    assert answer.status_code == 422
    assert answer.context["form"].errors["file"]
    assert not Cover.objects.exists()


def test_a_changed_seal_enrols_nobody(plan: MutualAidPlan) -> None:
    client = signed_in(welfare.officer())
    answer = client.post(f"/admin/welfare/mutualaidplan/{plan.pk}/enrol-list/", {"sealed": "x:y:z"}, follow=True)
    assert "重新填写" in answer.content.decode()
    assert not Cover.objects.exists()


def enrolled(plan: MutualAidPlan, by: User | None) -> premiums.Term:
    lines = [(str(person.staff_number), person.name) for person in (members.member(), members.member())]
    covers.enrol(plan=plan, lines=lines, starts_on=STARTS, paid_on=STARTS, source="名单", actor=by)
    return premiums.open_terms(plan=plan)[0]


def test_a_second_person_posts_the_premium_once(plan: MutualAidPlan, fund: Fund) -> None:
    enrolled(plan, welfare.officer())
    finance = signed_in(welfare.treasurer())
    address = f"/admin/welfare/mutualaidplan/{plan.pk}/post-premium/"
    assert "160.00" in finance.get(address).content.decode()
    data = {"term": f"cover:{plan.pk}:2024-04-01:2024-04-01", "fund": str(fund.pk), "posted_on": "2024-04-02"}
    assert finance.post(address, data).status_code == 302
    posting = Posting.objects.get()
    assert (posting.total, posting.entry_count) == (Decimal("160.00"), 1)
    assert posting.prepared_by_id != posting.approved_by_id
    assert premiums.open_terms(plan=plan) == []
    assert finance.post(address, data).status_code == 422


def test_nobody_posts_what_he_enrolled_himself(plan: MutualAidPlan, fund: Fund) -> None:
    both = members.account_with_role(Role.WELFARE, Role.FINANCE)
    enrolled(plan, both)
    data = {"term": f"cover:{plan.pk}:2024-04-01:2024-04-01", "fund": str(fund.pk), "posted_on": "2024-04-02"}
    assert signed_in(both).post(f"/admin/welfare/mutualaidplan/{plan.pk}/post-premium/", data).status_code == 422
    assert not Posting.objects.exists()


def test_covers_from_records_need_the_approval_on_paper(plan: MutualAidPlan, fund: Fund) -> None:
    enrolled(plan, None)
    finance = signed_in(welfare.treasurer())
    address = f"/admin/welfare/mutualaidplan/{plan.pk}"
    data = {"term": f"cover:{plan.pk}:2024-04-01:2024-04-01", "fund": str(fund.pk), "posted_on": "2024-04-02"}
    assert "线下审批" in finance.post(f"{address}/post-premium/", data).content.decode()
    told = approvals.told()
    paper = {**told, "approver": told["approver"].pk, "approved_on": "2024-03-20", "term": data["term"]}
    assert signed_in(welfare.officer()).post(f"{address}/register-paper/", paper).status_code == 302
    [made] = PaperApproval.objects.all()
    assert finance.post(f"{address}/post-premium/", data).status_code == 422
    papers.confirm(subject=made, actor=welfare.chair())
    assert finance.post(f"{address}/post-premium/", data).status_code == 302
    assert Posting.objects.get().offline_approval == "主席 2024-03-20 线下审批，工字〔2024〕3号"


def test_enrolling_and_posting_are_two_rights(plan: MutualAidPlan) -> None:
    enrolled(plan, None)
    address = f"/admin/welfare/mutualaidplan/{plan.pk}"
    assert signed_in(welfare.officer()).get(f"{address}/post-premium/").status_code == 403
    assert signed_in(welfare.chair()).get(f"{address}/enrol-list/").status_code == 403
    assert signed_in(members.account_with_role(Role.CONGRESS)).get(f"{address}/enrol-list/").status_code in {403, 404}


def test_what_the_database_refuses_stands_beside_the_field_that_was_typed_with_the_rest_kept(
    plan: MutualAidPlan,
) -> None:
    officer = welfare.officer()
    given: dict[str, Any] = {"starts_on": STARTS, "paid_on": STARTS, "source": "名单"}
    covers.enrol(plan=plan, lines=read_people(file=upload([members.member()])["file"]), actor=officer, **given)
    cover = Cover.objects.get()
    sent = {"starts_on": "2024-04-01", "ends_on": "2024-03-01", "paid_on": "2024-03-20", "premium": "80", "why": "更正"}
    page = signed_in(officer).post(f"/admin/welfare/cover/{cover.pk}/step-correct/", sent)
    form = page.context["form"]
    assert (page.status_code, list(form.errors)) == (422, ["ends_on"])
    assert "保障截止日期须晚于起始日期" in page.content.decode()
    assert {name: form[name].value() for name in sent} == sent


pytestmark = pytest.mark.django_db
