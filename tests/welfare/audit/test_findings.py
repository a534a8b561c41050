"""Findings: raised about rows, answered by whom they are asked of, judged; audits concluded; dues topped up (W9)."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from tests.factories import ledger, members
from tests.factories.accounts import signed_in
from union_portal.accounts.enums import Role
from union_portal.base.errors import DomainError, Refused
from union_portal.base.figures import FigureRequest, source_of
from union_portal.base.periods import Period
from union_portal.base.steps import record, take
from welfare.audit import services
from welfare.audit.enums import AuditKind, AuditState, FindingState
from welfare.audit.models import Audit, AuditFinding, AuditFindingMove, AuditMove, DuesTopUp
from welfare.audit.portal import desk_items
from welfare.audit.services import matters, raise_finding
from welfare.books.enums import AccountKind
from welfare.books.models import Book, ChartAccount, FiscalYear, Fund, LedgerAccount
from welfare.ledger.enums import PostingKind
from welfare.ledger.services import posting

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shared_rows")]
LIST, ASK = reverse("welfare:audit"), reverse("welfare:audit_ask")
DAY = dt.date(2024, 6, 1)


def _posted(code: str, amount: int, *, year: int = 2024) -> None:
    fund = Fund.objects.get(code="DUES")
    line = posting.EntryLine(LedgerAccount.objects.get(code=code), fund, Decimal(amount), DAY.replace(year=year))
    posting.post(
        book=fund.book,
        posted_on=DAY.replace(year=year),
        kind=PostingKind.INCOME,
        summary="会费活动",
        entries=[line],
        approval=ledger.approval(),
        source_key=f"dues:{code}:{amount}:{year}",
    )


@pytest.fixture(scope="module")
def topped(one_data_set: Any) -> DuesTopUp:
    """W9: dues of 60,000; films 40,000 and outings 210,000; three times the dues, four from 2025 on."""
    for year in (2024, 2025):
        FiscalYear.objects.get_or_create(book=Book.objects.get(code="UNION"), year=year)
        for code, amount in (("401", 60_000), ("50102", 40_000), ("50102", 210_000)):
            _posted(code, amount, year=year)
    told = {
        "dues": ChartAccount.objects.get(code="401"),
        "account": LedgerAccount.objects.get(code="50102"),
        "source": "某省总工会文件（示例，待核对）",
    }
    first: DuesTopUp = record(
        DuesTopUp(factor=3, valid_from=dt.date(2018, 1, 1), valid_to=dt.date(2024, 12, 31), **told), actor=None
    )
    record(DuesTopUp(factor=4, valid_from=dt.date(2025, 1, 1), **told), actor=None)
    return first


@pytest.fixture
def finding(topped: DuesTopUp) -> AuditFinding:
    [one] = matters(year=2024, check="top_up")
    return raise_finding(
        check="top_up",
        year=2024,
        refs=[one.ref],
        text="会费补助超过三倍",
        asked_of=Role.FINANCE,
        actor=members.account_with_role(Role.AUDIT),
    )


def test_dues_may_be_topped_up_by_the_factor_of_the_year(topped: DuesTopUp) -> None:
    [one] = matters(year=2024, check="top_up")
    assert (one.model, one.pk, one.amount) == ("duestopup", topped.pk, Decimal(10_000))
    assert "合计可用 240,000.00 元" in one.words
    assert matters(year=2025, check="top_up") == []


def test_accounts_of_other_kinds_are_refused(topped: DuesTopUp) -> None:
    wrong = DuesTopUp(
        factor=3,
        valid_from=DAY,
        dues=ChartAccount.objects.get(code="501"),
        account=LedgerAccount.objects.filter(kind=AccountKind.INCOME).earliest("pk"),
        source="文件",
    )
    with pytest.raises(ValidationError, match="收入科目"):
        wrong.full_clean()


def test_a_finding_keeps_its_rows_is_answered_sent_back_and_settled(finding: AuditFinding) -> None:
    auditor, finance = (members.account_with_role(role) for role in (Role.AUDIT, Role.FINANCE))
    assert finding.amount == Decimal(10_000)
    assert matters(year=2024, check="top_up")[0].standing == "已提出：待答复"
    services.answer(subject=finding, answer="已调减明年活动", actor=finance)
    take(subject=finding, action="send_back", actor=auditor, why="请附会议纪要")
    services.answer(subject=finding, answer="附纪要，已退回超支", actor=finance)
    take(subject=finding, action="settle", actor=auditor)
    [one] = matters(year=2024, check="top_up")
    assert (one.standing, one.waits) == ("已提出：已整改", False)
    said = AuditFindingMove.objects.filter(subject=finding, action="answer").values_list("reason", flat=True)
    assert list(said) == ["已调减明年活动", "附纪要，已退回超支"]


def test_what_is_asked_already_or_not_found_is_refused_until_it_is_withdrawn(finding: AuditFinding) -> None:
    told: Any = {
        "check": "top_up",
        "year": 2024,
        "text": "又问",
        "asked_of": Role.CHAIR,
        "actor": ledger.officer("auditor"),
    }
    with pytest.raises(Refused, match="已提出过"):
        raise_finding(refs=[row["ref"] for row in finding.rows], **told)
    with pytest.raises(Refused, match="已不在"):
        raise_finding(refs=["duestopup:0"], **told)
    take(subject=finding, action="withdraw", actor=ledger.officer("auditor"), why="提错了")
    assert raise_finding(refs=[row["ref"] for row in finding.rows], **told).state == FindingState.ASKED


def test_only_whom_it_is_asked_of_answers_and_only_the_committee_judges(finding: AuditFinding) -> None:
    may = {role: members.account_with_role(role) for role in (Role.FINANCE, Role.WELFARE, Role.AUDIT, Role.CHAIR)}
    answers = [role for role, user in may.items() if user.has_perm("welfare.answer_auditfinding", finding)]
    assert answers == [Role.FINANCE]
    judges = [role for role, user in may.items() if user.has_perm("welfare.conclude_auditfinding", finding)]
    assert judges == [Role.AUDIT]
    titles = {role: [item.title for item in desk_items(user)] for role, user in may.items()}
    assert "待答复的审查问题" in titles[Role.FINANCE]
    assert "待答复的审查问题" not in titles[Role.WELFARE]
    services.answer(subject=finding, answer="说明", actor=may[Role.FINANCE])
    assert "待复核的答复" in [item.title for item in desk_items(may[Role.AUDIT])]


def test_the_auditor_ticks_rows_asks_and_is_led_to_the_finding(topped: DuesTopUp) -> None:
    client = signed_in(members.account_with_role(Role.AUDIT))
    [(one, _address)] = client.get(f"{LIST}?check=top_up&year=2024").context["rows"]
    told = {"check": "top_up", "year": "2024", "ref": [one.ref]}
    assert "会费补助超限" in client.get(ASK, told).content.decode()
    refused = client.post(ASK, told | {"text": "", "asked_of": "nobody"})
    assert refused.status_code == 422
    sent = client.post(ASK, told | {"text": "超出一万元，请说明", "asked_of": "finance", "due_on": "2099.1.1"})
    made = AuditFinding.objects.get()
    assert sent["Location"] == reverse("admin:welfare_auditfinding_change", args=[made.pk])
    page = client.get(sent["Location"]).content.decode()
    assert reverse("admin:welfare_duestopup_change", args=[topped.pk]) in page
    # Sent again it is asked already; nothing ticked leads back.
    assert client.post(ASK, told | {"text": "又问", "asked_of": "finance"}).status_code == 302
    assert AuditFinding.objects.count() == 1
    assert signed_in(members.account_with_role(Role.FINANCE)).get(ASK, told).status_code == 403


def test_an_audit_is_concluded_with_what_stood_then_and_counted(finding: AuditFinding) -> None:
    told: Any = {"starts_on": dt.date(2024, 1, 1), "ends_on": dt.date(2024, 12, 31)}
    audit = record(Audit(title="2024年度经费审查", **told), actor=None)
    AuditFinding.objects.filter(pk=finding.pk).update(audit=audit)
    with pytest.raises((DomainError, ValidationError)):
        services.conclude(subject=audit, concluded_on=DAY, opinion="", actor=ledger.officer("auditor"))
    services.conclude(subject=audit, concluded_on=DAY, opinion="基本合规", actor=ledger.officer("auditor"))
    kept = AuditMove.objects.get(subject=audit, action="conclude").reason
    assert "会费补助超限 1 件" in kept
    assert "未办结的问题 1 个" in kept


def test_a_special_inspection_of_three_years_is_one_audit(topped: DuesTopUp) -> None:
    """Seed 001-81: 开展某三年工会经费管理使用专项督查."""
    record(
        Audit(
            title="经费管理使用“1+X”专项督查",
            kind=AuditKind.SPECIAL,
            starts_on=dt.date(2018, 1, 1),
            ends_on=dt.date(2020, 12, 31),
            concluded_on=dt.date(2021, 5, 6),
            opinion="基本合规",
            state=AuditState.CONCLUDED,
        ),
        actor=None,
    )
    asked = FigureRequest("audits", ("welfare.audits.special",), Period.year(2021))
    [figure] = source_of("welfare.audits.special").count([asked])
    assert figure.times == 1
