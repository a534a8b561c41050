"""Drives: what was given is counted, shown masked, and used up to its sum, by two people, through the ledger."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import donations, ledger, members
from tests.factories.days import TODAY
from union_portal.accounts.enums import Role
from union_portal.base import figures
from union_portal.base.errors import DomainError, Refused
from union_portal.base.figures import Figure, FigureRequest
from union_portal.base.periods import Period
from union_portal.base.steps import record, saved
from welfare.books.models import LedgerAccount
from welfare.disclosure.models import Disclosure, Objection
from welfare.disclosure.services import object_to
from welfare.donations import services
from welfare.donations.enums import DriveKind
from welfare.donations.models import Donation, DonationDrive, DonationReceipt, DonationUse
from welfare.ledger.models import LedgerEntry
from welfare.ledger.services.reversal import reverse_entries
from welfare.payments import services as payments
from welfare.payments.enums import PaymentState

DAY = dt.date(2023, 5, 10)


def give(drive: DonationDrive, donor: str = "", amount: Any = None, **told: Any) -> Donation:
    return record(Donation(drive=drive, donor=donor, amount=amount, given_on=DAY, **told), actor=None)


def ask(drive: DonationDrive, amount: int | str, *, by: str = "welfare", **told: Any) -> DonationUse:
    given = {"recipient": "黄家学校", "purpose": "微心愿", "document": "会议纪要"}
    made = DonationUse(drive=drive, amount=Decimal(amount), asked_by=ledger.officer(by), **{**given, **told})
    return record(made, actor=made.asked_by)


def approve(use: DonationUse, *, by: Any = None) -> DonationUse:
    account = LedgerAccount.objects.get(code="508")
    return payments.approve(subject=use, actor=by or ledger.officer("chair"), account=account, posted_on=TODAY)


def counted(key: str) -> Figure:
    return figures.count([FigureRequest(key, (key,), Period.year(2023))])[0]


# What seeds 001-55, 001-56 and 001-57 tell.
def test_facts_of_real_reports_are_counted_from_rows() -> None:
    appeal = donations.drive(title="“母亲健康1+1”公益募捐", on=DAY)
    day = donations.drive(title="“慈善一日捐”", kind=DriveKind.CHARITY_DAY, on=DAY)
    goods = donations.drive(title="六一“微心愿”", kind=DriveKind.GOODS, on=DAY)
    people = [members.person() for _number in range(3)]
    for person, amount in zip(people, ("41000", "200", "15"), strict=True):
        give(appeal, amount=Decimal(amount), person=person)
    give(day, "机关", Decimal(100000), givers=600)
    give(day, amount=Decimal(17228), person=people[0])
    give(goods, "附属小学", goods="运动服、书包、文具", givers=30)
    told = counted("welfare.donations.appeal")
    assert (told.times, told.heads, told.amount) == (1, 3, Decimal(41215))
    assert counted("welfare.donations.charity_day").amount == 117228
    assert counted("welfare.donations.goods").times == 1
    assert (counted("welfare.donations").times, counted("welfare.donors").times) == (3, 634)


def test_the_list_that_everybody_reads_is_masked(client: Client) -> None:
    drive = donations.drive(on=DAY)
    give(drive, amount=Decimal(50), person=members.person(name="欧阳小花"))
    give(drive, amount=Decimal(60), person=members.person(name="王五"), unnamed=True)
    give(drive, "化学学院", Decimal(900), givers=30)
    names = [row[1] for row in services.shown_list(drive)]
    assert names == ["欧***", "爱心人士", "化学学院"]
    client.force_login(members.account_with_role(Role.WELFARE))
    answer = client.post(reverse("admin:welfare_donationdrive_take_shown_list", args=[drive.pk]))
    assert "spreadsheet" in answer["Content-Type"]


def test_the_masked_list_is_made_known_and_shown_anew_after_an_objection(client: Client) -> None:
    drive = donations.drive(on=DAY)
    client.force_login(members.account_with_role(Role.WELFARE))
    address = reverse("admin:welfare_donationdrive_disclose", args=[drive.pk])
    sent = {"starts_on": f"{TODAY}", "workdays": "5", "place": "公告栏"}
    client.post(address, sent)
    assert not Disclosure.objects.exists()
    give(drive, amount=Decimal(50), person=members.person(name="欧阳小花"))
    give(drive, "化学学院", Decimal(900), givers=30, goods="书")
    assert client.post(address, sent).status_code == 302
    notice = Disclosure.objects.get()
    assert notice.lines == "欧***　1 人　50.00 元\n化学学院　30 人　900.00 元　书"
    with pytest.raises(Refused, match="已在公示"):
        services.disclose(drive=drive, actor=ledger.officer("welfare"), starts_on=TODAY, workdays=5)
    object_to(objection=Objection(disclosure=notice, raised_on=TODAY, text="金额不符"), actor=None)
    again = services.disclose(drive=drive, actor=ledger.officer("welfare"), starts_on=TODAY, workdays=5)
    drive.refresh_from_db()
    assert drive.disclosure == again


def test_no_more_is_used_than_was_collected_and_two_people_decide() -> None:
    drive = donations.drive(given="1000.00", on=DAY)
    use = ask(drive, "700.00")
    with pytest.raises(DomainError, match=r"尚可使用的善款 300\.00 元"):
        ask(drive, "300.01", recipient="另一校")
    with pytest.raises(Refused, match="不能审批自己"):
        approve(use, by=use.asked_by)
    sum_of = drive.donations.get()
    sum_of.amount = Decimal("699.99")
    with pytest.raises(DomainError, match="少于已使用"):
        saved(sum_of)
    done = approve(use)
    assert done.posting is not None
    assert (done.state, done.posting.total, done.posting.book.code) == (PaymentState.PAID, Decimal(700), "TRUST")
    with pytest.raises(Refused):
        approve(use)
    assert counted_used() == Decimal(700)
    reverse_entries(
        entries=list(LedgerEntry.objects.filter(posting=done.posting)),
        reason="退回",
        posted_on=TODAY,
        approval=ledger.approval(),
        source_key="back",
    )
    done.refresh_from_db()
    assert done.state == PaymentState.REVERSED
    ask(drive, "1000.00", recipient="另一校")


def counted_used() -> Any:
    return figures.count([FigureRequest("used", ("welfare.donations_used",), Period.year(TODAY.year))])[0].amount


def test_what_came_into_the_fund_is_posted_up_to_what_was_given(client: Client) -> None:
    drive, officer = donations.drive(given="1000.00", on=DAY), ledger.officer("welfare")
    told: dict[str, Any] = {"drive": drive, "asked_by": officer}
    first = record(DonationReceipt(document="进账单 1", amount=Decimal("900.50"), **told), actor=officer)
    with pytest.raises(DomainError, match=r"尚未入账的善款 99\.50 元"):
        record(DonationReceipt(document="进账单 2", amount=Decimal(100), **told), actor=officer)
    income = LedgerAccount.objects.get(code="408")
    decided: dict[str, Any] = {"subject": first, "account": income, "posted_on": TODAY}
    with pytest.raises(Refused, match="不能审批自己"):
        payments.approve(actor=officer, **decided)
    posting = payments.approve(actor=ledger.officer("chair"), **decided).posting
    assert posting is not None
    assert (posting.kind, posting.total, posting.book.code) == ("income", Decimal("900.50"), "TRUST")
    approve(ask(drive, "700"))
    client.force_login(members.account_with_role(Role.WELFARE))
    page = client.get(reverse("admin:welfare_donationdrive_change", args=[drive.pk])).content.decode()
    assert "募集 1,000.00 元，入账 900.50 元，使用 700.00 元，尚可使用 300.00 元" in page


def test_nobody_approves_what_goes_to_himself() -> None:
    drive, person = donations.drive(given=500, on=DAY), members.member()
    chair = members.account_with_role(Role.CHAIR, of=person)
    with pytest.raises(Refused, match="本人或亲属"):
        approve(ask(drive, 100, person=person), by=chair)


def test_what_is_given_lies_within_the_days_of_the_drive() -> None:
    drive = donations.drive(on=DAY, closed_on=DAY)
    give(drive, "文学院", Decimal(5))
    with pytest.raises(DomainError, match="已登记"):
        give(drive, "文学院", Decimal(5))
    with pytest.raises(DomainError, match="不在活动的起止日期内"):
        record(Donation(drive=drive, donor="理学院", amount=5, given_on=DAY + dt.timedelta(days=1)), actor=None)
    drive.opened_on = drive.closed_on = DAY + dt.timedelta(days=1)
    with pytest.raises(DomainError, match="请先更正"):
        saved(drive)


def test_the_desk_asks_and_another_approves(client: Client) -> None:
    drive = donations.drive(given=500, on=DAY)
    client.force_login(members.account_with_role(Role.WELFARE))
    sent = {"drive": drive.pk, "recipient": "黄家学校", "purpose": "书包", "document": "纪要", "amount": "600"}
    address = reverse("admin:welfare_donationuse_add")
    assert "超过尚可使用的善款" in client.post(address, sent).content.decode()
    assert client.post(address, {**sent, "amount": "500"}).status_code == 302
    use = DonationUse.objects.get()
    client.force_login(members.account_with_role(Role.CHAIR))
    step = reverse("admin:welfare_donationuse_step_approve", args=[use.pk])
    account = LedgerAccount.objects.get(code="508").pk
    assert client.post(step, {"account": account, "posted_on": f"{TODAY}"}).status_code == 302
    use.refresh_from_db()
    assert use.state == PaymentState.PAID


pytestmark = pytest.mark.django_db
