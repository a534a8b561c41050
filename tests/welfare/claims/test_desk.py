"""Claims at the desk, by list, and in the report."""

import datetime as dt
import io
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from tests.factories import claims, members
from union_portal.accounts.enums import Access, Role
from union_portal.accounts.models import AccessEntry
from union_portal.base import figures
from union_portal.base.figures import FigureRequest
from union_portal.base.importing.preview import ImportRefused
from union_portal.base.periods import Period
from union_portal.base.spreadsheets.writing import write_xlsx
from welfare.claims.enums import ClaimState
from welfare.claims.models import Claim, ClaimPaper, ClaimPaperKind
from welfare.claims.resources import ClaimList
from welfare.mutual_aid.models import Cover

DAY = dt.date(2026, 3, 2)


def test_a_branch_claims_for_its_own_people_alone(client: Client) -> None:
    unit, other = members.branch(), members.branch()
    chair = members.account_with_role(Role.BRANCH_CHAIR, branches=(unit,))
    mine, theirs = members.member(branch=unit), members.member(branch=other)
    rule = claims.rule()
    for person in (mine, theirs):
        claims.cover(rule.plan, whose=person)
    client.force_login(chair)
    add = reverse("admin:welfare_claim_add")
    form = {"plan": rule.plan_id, "occurred_on": "2026-03-02", "ended_on": "2026-03-14", "applied_on": "2026-03-15"}
    assert client.post(add, {**form, "person": theirs.pk}).status_code != 302
    assert not Claim.objects.exists()
    assert client.post(add, {**form, "person": mine.pk}).status_code == 302
    made = Claim.objects.get()
    assert (made.amount, made.branch, made.entered_by) == (Decimal(360), unit, chair)
    page = client.get(reverse("admin:welfare_claim_change", args=[made.pk])).content.decode()
    assert "住院 12 天，免赔 3 天，计 9 天 × 40.00 元 = 360.00 元" in page
    strange = claims.claim(rule, whose=theirs)
    assert client.get(reverse("admin:welfare_claim_change", args=[strange.pk])).status_code != 200


def test_a_list_of_past_claims_finds_their_covers_and_counts_in_the_report() -> None:
    rule = claims.rule()
    people = [members.member(branch=members.branch()) for _ in range(106)]
    Cover.objects.bulk_create(
        Cover(
            plan=rule.plan,
            person=one,
            starts_on=dt.date(2024, 1, 1),
            ends_on=dt.date(2024, 12, 31),
            paid_on=dt.date(2024, 1, 1),
            source="名单",
        )
        for one in people
    )
    outside = members.member()
    days = (dt.date(2024, 3, 1), dt.date(2024, 3, 10), dt.date(2024, 4, 1), dt.date(2024, 6, 1))
    rows = [(one.staff_number, one.name, rule.plan.name, *days, "1000.94") for one in [*people, outside]]
    with pytest.raises(ImportRefused):
        ClaimList().confirm(listed(rows))
    assert not Claim.objects.exists()
    ClaimList().confirm(listed(rows[:-1]))
    assert Claim.objects.filter(state=ClaimState.PAID, amount=Decimal(240), rule=rule).count() == 106
    asked, paid, joined, new = (
        figures.count([FigureRequest("x", (key,), Period.year(2024))])[0]
        for key in ("welfare.claims", "welfare.claims_paid", "welfare.plans_joined", "welfare.plans_new")
    )
    assert (asked.heads, asked.times) == (106, 106)
    assert (paid.heads, paid.amount) == (106, Decimal("106099.64"))
    assert (joined.times, new.times) == (1, 1)
    ClaimList().cancel_made(model=Claim, keys=Claim.objects.values_list("pk", flat=True), why="导错名单")
    assert not Claim.objects.claimed().exists()


def test_the_form_is_printed_with_whole_numbers_for_whoever_may_see_them(client: Client) -> None:
    unit, mobile = members.branch(), "13800138000"
    person = members.member(branch=unit, mobile=mobile)
    rule = claims.rule(claims.plan(waiting_days=30))
    kind = ClaimPaperKind.objects.create(plan=rule.plan, name="出院记录")
    made = claims.claim(rule, whose=person)
    ClaimPaper.objects.filter(claim=made, kind=kind).update(original_seen=True)
    address = reverse("admin:welfare_claim_print_form", args=[made.pk])
    for role, whole in ((Role.WELFARE, True), (Role.BRANCH_CHAIR, False)):
        client.force_login(members.account_with_role(role, branches=() if whole else (unit,)))
        answer = client.post(address)
        [page] = PdfReader(io.BytesIO(b"".join(answer.streaming_content))).pages  # type: ignore[attr-defined]
        text = page.extract_text()
        assert (mobile in text) == whole
        for words in (
            "互助保障理赔申请表",
            "首次，第 1 期",
            "第 1 次",
            "360.00",
            "叁佰陆拾元整",
            "出院记录",
            "2026-01-01 起 30 天",
        ):
            assert words in text, words
    assert AccessEntry.objects.filter(action=Access.PRINT, kind="welfare.claim").count() == 2
    assert AccessEntry.objects.filter(action=Access.REVEAL, kind="welfare.claim").count() == 1


def listed(rows: list[tuple[Any, ...]]) -> io.BytesIO:
    headings = ("工号", "姓名", "保障计划", "入院或出险日期", "出院日期", "申请日期", "到账日期", "赔付金额（元）")
    return io.BytesIO(write_xlsx(headings=headings, rows=rows))


pytestmark = pytest.mark.django_db
