"""What lists recorded is posted on the desk by finance, and the auditor finds what departs from the rule."""

import datetime as dt
import io

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.factories import approvals, ledger, members
from tests.factories import rounds as welfare
from tests.factories.accounts import signed_in
from union_portal.accounts.enums import Role
from union_portal.base.spreadsheets.writing import write_xlsx
from welfare.approvals import services as papers
from welfare.approvals.models import PaperApproval
from welfare.grants.models import RuleWarning
from welfare.ledger.models import LedgerEntry, Posting
from welfare.ledger.services.reversal import reverse_entries
from welfare.recording.resources import GrantResource
from welfare.rounds.services import approval

HEADINGS = ("工号", "姓名", "福利项目", "日期", "金额", "审批人", "审批文号", "记台账")
STEP = "admin:welfare_grant_post_recorded"


def test_finance_posts_recorded_grants_by_their_approval_once() -> None:
    person, clerk = members.member(), welfare.officer()
    row = (person.staff_number, person.name, "住院慰问", dt.date(2022, 3, 1), 500, "主席", "工字1号", "是")
    GrantResource(actor=clerk).confirm(io.BytesIO(write_xlsx(headings=HEADINGS, rows=[row])))
    paper = PaperApproval.objects.get()
    finance, officer = signed_in(welfare.treasurer()), signed_in(clerk)
    told = {"paper": paper.pk, "posted_on": timezone.localdate().isoformat()}
    # Nothing is offered, nor taken from the address, before a second account has confirmed the paper.
    assert "待记账的补录记录" not in finance.get(reverse("admin:index")).content.decode()
    refused = finance.post(reverse(STEP), told)
    assert refused.status_code == 422
    assert refused.context["form"].errors["paper"]
    papers.amend(subject=paper, actor=clerk, **approvals.told(document="工字1号"))
    papers.confirm(subject=paper, actor=welfare.chair())
    desk = finance.get(reverse("admin:index")).content.decode()
    assert "待记账的补录记录" in desk
    assert reverse(STEP) in desk
    assert str(paper.pk) in [
        str(key) for key, _label in finance.get(reverse(STEP)).context["form"]["paper"].field.choices
    ]
    assert officer.post(reverse(STEP), told).status_code == 403
    assert not Posting.objects.exists()
    answer = finance.post(reverse(STEP), told, follow=True).content.decode()
    posting = Posting.objects.get()
    assert f"已记台账单 {posting}" in answer
    assert (posting.year, posting.paper_approval) == (2022, paper)
    assert finance.post(reverse(STEP), told).status_code == 422
    assert Posting.objects.count() == 1


def test_the_auditors_cards_count_what_departs_from_the_rule_and_lead_to_its_list() -> None:
    auditor = signed_in(members.account_with_role(Role.AUDIT))
    cards = ("年登记的线下审批", "年未结的超标提醒", "年度的冲销")
    assert not any(card in auditor.get(reverse("admin:index")).content.decode() for card in cards)
    approvals.paper()
    members.member()
    with pytest.raises(approval.WarningsWaiting):
        approval.submit(subject=welfare.locked(code="festival_money"), actor=welfare.officer())
    today = timezone.localdate()
    ledger.posting(ledger.open_book(today.year), source_key="wrong", posted_on=today)
    reverse_entries(entries=LedgerEntry.objects.all(), reason="重复", posted_on=today, approval=ledger.approval())
    items = {item.title: item for item in auditor.get(reverse("admin:index")).context["items"]}
    found = [items[f"{today.year} {card}"] for card in cards]
    assert [item.count for item in found] == [1, RuleWarning.objects.count(), 1]
    for item in found:
        listed = auditor.get(item.address)
        assert listed.status_code == 200
        shown = (
            listed.context["page"].paginator.count if "page" in listed.context else listed.context["cl"].result_count
        )
        assert shown == item.count


pytestmark = pytest.mark.django_db
