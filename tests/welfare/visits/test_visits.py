"""Visits: counted from rows, their money once and by two people, entered by the office, a branch, or a list."""

import datetime as dt
import io
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from members.people.enums import PersonKind
from tests.factories import ledger, members, rounds
from tests.factories.days import TODAY
from union_portal.accounts.enums import Role
from union_portal.base import figures
from union_portal.base.errors import DomainError, Refused
from union_portal.base.figures import Figure, FigureRequest
from union_portal.base.importing.preview import Status
from union_portal.base.periods import Period
from union_portal.base.spreadsheets.writing import write_xlsx
from union_portal.base.steps import record, saved
from welfare.benefits.models import Benefit, Occasion
from welfare.books.models import Fund, LedgerAccount
from welfare.grants.enums import GrantState
from welfare.grants.models import Grant
from welfare.ledger.models import LedgerEntry
from welfare.ledger.services.reversal import reverse_entries
from welfare.payments import services
from welfare.payouts import services as payouts
from welfare.payouts.enums import PayoutState
from welfare.visits.models import Visit, VisitKind
from welfare.visits.resources import VisitList

pytestmark = pytest.mark.django_db
DAY = dt.date(2023, 9, 25)


def visit(kind: str = "aid_family", person: Any = None, on: dt.date = DAY, **told: Any) -> Visit:
    told.setdefault("whom", "" if person else "家属")
    made = Visit(kind=VisitKind.objects.get(code=kind), person=person, visited_on=on, **told)
    return record(made, actor=told.get("asked_by"))


def counted(*keys: str, year: int = 2023) -> list[Figure]:
    return figures.count([FigureRequest(key, (key,), Period.year(year)) for key in keys])


def given(person: Any, amount: int, occasion: Occasion | None = None, on: dt.date = DAY) -> Grant:
    benefit = Benefit.objects.get(code="special_group")
    told: dict[str, Any] = {"state": GrantState.RECEIVED, "form": benefit.form, "received_on": on, "granted_on": on}
    occasion = occasion or rounds.occasion()
    return Grant.objects.create(person=person, benefit=benefit, occasion=occasion, amount=Decimal(amount), **told)


def approve(subject: Visit, by: str = "chair") -> Visit:
    fund, account = Fund.objects.get(code="UNION"), LedgerAccount.objects.get(code="50205")
    return services.approve(subject=subject, actor=ledger.officer(by), fund=fund, account=account, posted_on=TODAY)


def test_kinds_occasions_and_festivals_are_counted_apart_and_together() -> None:
    new_year = Occasion.objects.create(code="n", name="2023年新年", year=2023, festival="new_year")
    july = Occasion.objects.create(code="j", name="2023年“七一”", year=2023)
    people = [members.person(kind=PersonKind.KIN) for _number in range(4)]
    for person in people[:3]:
        visit("martyr_family", person, dt.date(2023, 7, 1), occasion=july, amount=Decimal(800))
    visit("fallen_family", people[3], dt.date(2023, 7, 1), occasion=july, amount=Decimal(800))
    visit("veteran_cadre", people[0], dt.date(2023, 1, 5), occasion=new_year)
    visit("honoured", people[0], dt.date(2022, 5, 5))
    martyrs, fallen, festive, all_of_them, held = counted(
        *("welfare.visits_to.martyr_family", "welfare.visits_to.fallen_family", "welfare.visits.new_year"),
        *("welfare.visits", "welfare.visits_held"),
    )
    assert (martyrs.times, martyrs.heads, martyrs.amount) == (3, 3, Decimal(2400))
    assert (fallen.times, fallen.amount) == (1, Decimal(800))
    assert (festive.times, all_of_them.times, all_of_them.heads) == (1, 5, 4)
    assert (all_of_them.amount, held.times) == (Decimal(3200), 2)


def test_what_a_grant_gave_is_counted_once_and_not_asked_for_again() -> None:
    person, other = members.member(), members.member()
    grant = given(person, 800)
    with pytest.raises(DomainError, match=r"已给此人 800\.00 元.*关联那条慰问记录"):
        visit(person=person, amount=Decimal(800))
    with pytest.raises(DomainError, match="不要另填"):
        visit(grant=grant, amount=Decimal(500), whom="")
    with pytest.raises(DomainError, match="请核对走访对象"):
        visit(person=other, grant=grant)
    made = visit(grant=grant, whom="")
    assert (made.person, made.state) == (person, PayoutState.NOTHING)
    with pytest.raises(DomainError):
        visit(grant=grant, whom="", on=DAY + dt.timedelta(days=1))
    # What really is another sum may be given, and so may another amount.
    visit(person=person, amount=Decimal(800), on=DAY + dt.timedelta(days=2))
    visits, given_in_all = counted("welfare.visits", "welfare.special_group")
    assert (visits.times, visits.amount) == (2, Decimal(1600))
    assert given_in_all.amount == Decimal(800)


def test_the_same_sum_is_let_through_where_it_is_said_to_be_another() -> None:
    person = members.member()
    given(person, 800)
    assert visit(person=person, amount=Decimal(800), apart=True).state == PayoutState.ASKED
    assert visit(person=person, amount=Decimal(300), on=DAY + dt.timedelta(days=1)).state == PayoutState.ASKED


def test_money_leaves_by_the_ledger_once_and_by_two_people() -> None:
    asked = visit(person=members.member(), amount=Decimal(300), asked_by=ledger.officer("welfare"))
    with pytest.raises(Refused, match="经办人不能审批自己"):
        approve(asked, by="welfare")
    done = approve(asked)
    assert done.posting is not None
    assert (done.state, done.posting.total, done.posting.book.code) == (PayoutState.PAID, Decimal(300), "UNION")
    with pytest.raises(Refused):
        approve(asked)
    reverse_entries(
        entries=list(LedgerEntry.objects.filter(posting=done.posting)),
        reason="重复",
        posted_on=TODAY,
        approval=ledger.approval(),
        source_key="back",
    )
    done.refresh_from_db()
    assert done.state == PayoutState.REVERSED
    payouts.ask(subject=done, actor=ledger.officer("chair"), amount=Decimal(200), why="更正")
    with pytest.raises(Refused, match="经办人不能审批自己"):
        approve(done)
    assert approve(done, by="finance").posting.total == Decimal(200)  # type: ignore[union-attr]


def test_nobody_approves_what_goes_to_himself_and_what_was_declined_is_asked_anew() -> None:
    person = members.member()
    chair = members.account_with_role(Role.CHAIR, of=person)
    asked = visit(person=person, amount=Decimal(300), asked_by=ledger.officer("welfare"))
    with pytest.raises(Refused, match="本人或亲属"):
        services.decline(subject=asked, actor=chair, why="不")
    services.decline(subject=asked, actor=ledger.officer("finance"), why="超出标准")
    payouts.ask(subject=asked, actor=ledger.officer("welfare"), amount=Decimal(100), why="改为 100 元")
    asked.refresh_from_db()
    assert (asked.state, asked.amount) == (PayoutState.ASKED, Decimal(100))


def test_money_does_not_slip_in_beside_the_approval() -> None:
    quiet, asked = visit(whom="甲"), visit(whom="乙", amount=Decimal(5))
    quiet.amount, asked.amount = Decimal(7), None
    for one in (quiet, asked):
        with pytest.raises(DomainError, match="申请列支"):
            saved(one)
    with pytest.raises(DomainError, match="家属、集体"):
        visit(whom="")


def test_a_list_is_entered_like_the_screen_and_read_again_without_doubles() -> None:
    person = members.member()
    given(person, 800)
    headings, actor = (
        ("走访类别", "走访日期", "工号", "家属或集体", "金额（元）"),
        members.account_with_role(Role.WELFARE),
    )
    fine = ("劳模", "2023-09-25", person.staff_number, "", None)
    family = ("烈属", "2023-07-01", "", "王家", "800")
    file = write_xlsx(headings=headings, rows=[fine, family])
    assert VisitList(actor=actor).confirm(io.BytesIO(file)).counts[Status.NEW] == 2
    assert {one.state for one in Visit.objects.all()} == {PayoutState.NOTHING, PayoutState.ASKED}
    assert {one.asked_by for one in Visit.objects.all()} == {actor}
    assert VisitList(actor=actor).preview(io.BytesIO(file)).counts[Status.UNCHANGED] == 2
    twice = write_xlsx(headings=headings, rows=[("名师和骨干教师", "2023-09-26", person.staff_number, "", "800")])
    preview = VisitList(actor=actor).preview(io.BytesIO(twice))
    assert preview.counts[Status.FAULTY] == 1


def test_a_branch_chair_enters_visits_of_the_own_branch_alone(client: Client) -> None:
    own, other = members.branch(), members.branch()
    chair = members.account_with_role(Role.BRANCH_CHAIR, branches=(own,))
    mine, strange = members.member(branch=own), members.member(branch=other)
    hidden = visit(person=strange, branch=other)
    client.force_login(chair)
    address = reverse("admin:welfare_visit_add")
    page = client.get(address).content.decode()
    assert f'value="{own.pk}" selected' in page
    kind = VisitKind.objects.get(code="illness")
    sent = {"kind": kind.pk, "person": mine.pk, "visited_on": f"{TODAY}", "visitors": "主席", "gift": "水果"}
    assert "请选择走访的分工会" in client.post(address, sent).content.decode()
    assert client.post(address, {**sent, "branch": own.pk, "amount": "200"}).status_code == 302
    made = Visit.objects.get(person=mine)
    assert (made.branch, made.state, made.asked_by) == (own, PayoutState.ASKED, chair)
    assert (
        "选择一个有效的选项" in client.post(address, {**sent, "person": strange.pk, "branch": own.pk}).content.decode()
    )
    assert client.get(reverse("admin:welfare_visit_change", args=[hidden.pk])).status_code in {302, 404}
    client.force_login(members.account_with_role(Role.CHAIR))
    assert "待批准的走访列支" in client.get(reverse("admin:index")).content.decode()
