"""A frozen version never changes: figures, text and PDF are one, and later edits show as differences."""

import datetime as dt
import hashlib
import io
from contextlib import AbstractContextManager
from functools import partial
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from docx import Document

from members.totals.models import SummaryRecord
from tests.database import at_once
from tests.factories.members import account_with_role, member
from tests.factories.reports import brief, started, submitted
from union_portal.accounts.enums import Role
from union_portal.annual_report.composing.services.data import digest
from union_portal.annual_report.outlines.models import OutlineSection
from union_portal.annual_report.reports.enums import ReportState
from union_portal.annual_report.reports.models import AnnualReport
from union_portal.annual_report.reports.services.confirming import who_confirms
from union_portal.annual_report.reports.services.drafting import explain, revise, start_report, write_texts
from union_portal.annual_report.reports.services.freezing import (
    begin_freeze,
    differences,
    fail_freeze,
    finish_freeze,
    send_back,
    submit,
)
from union_portal.annual_report.reports.tasks import render_frozen
from union_portal.base.errors import DomainError, Refused
from union_portal.base.periods import Period
from welfare.benefits.enums import Category, Form
from welfare.benefits.models import Benefit, Occasion
from welfare.grants.enums import GrantState
from welfare.grants.models import Grant
from welfare.ledger.models import KnownHead


@pytest.fixture
def report() -> AnnualReport:
    member(on=dt.date(2020, 1, 1), name="陈堃")
    begun = started("welfare.birthday", "welfare.wedding")
    sections = OutlineSection.objects.filter(chapter__outline=begun.outline).order_by("chapter__position")
    write_texts(
        report=begun,
        texts={
            sections[0].pk: ("全年共有会员{members.total:heads}人，喆昇㛃䶮𬭎同志任组长。", ""),
            sections[1].pk: ("信息化建设还需加强。", ""),
        },
    )
    return begun


@pytest.fixture
def chair() -> Any:
    return account_with_role(Role.CHAIR)


def frozen(report: AnnualReport, chair: Any) -> AnnualReport:
    begin_freeze(report=submitted(report), actor=chair)
    render_frozen(report.pk)
    report.refresh_from_db()
    return report


def test_freezing_keeps_figures_text_and_pdf_with_their_hashes(report: AnnualReport, chair: Any) -> None:
    done = frozen(report, chair)

    assert done.state == ReportState.FROZEN, done.failure
    assert done.snapshot is not None
    assert done.snapshot_hash == digest(done.snapshot)
    with done.pdf.open("rb") as stored:
        assert done.pdf_hash == hashlib.sha256(stored.read()).hexdigest()
    with done.docx.open("rb") as stored:
        assert done.docx_hash == hashlib.sha256(content := stored.read()).hexdigest()
    assert "全年共有会员1人，喆昇㛃䶮𬭎同志任组长。" in [one.text for one in Document(io.BytesIO(content)).paragraphs]
    assert done.snapshot["chapters"][0]["sections"][0]["before"] == ["全年共有会员1人，喆昇㛃䶮𬭎同志任组长。"]
    assert [move.action for move in done.moves.all()] == ["begin", "submit", "freeze", "finish"]


def test_a_frozen_version_refuses_every_change_in_the_database_too(report: AnnualReport, chair: Any) -> None:
    done = frozen(report, chair)
    for change in (
        lambda: AnnualReport.objects.filter(pk=done.pk).update(title="另一个题目"),
        lambda: done.texts.update(text="改过的话"),
        lambda: done.texts.all().delete(),
        lambda: AnnualReport.objects.filter(pk=done.pk).delete(),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()
    with pytest.raises(Refused):
        write_texts(report=done, texts={})


def test_even_the_owner_role_cannot_change_a_frozen_version(
    report: AnnualReport, chair: Any, owner_role: AbstractContextManager[None]
) -> None:
    done = frozen(report, chair)
    with owner_role, pytest.raises(IntegrityError), transaction.atomic():
        AnnualReport.objects.filter(pk=done.pk).update(title="另一个题目")


def test_later_edits_show_as_a_list_of_differences(report: AnnualReport, chair: Any) -> None:
    done = frozen(report, chair)
    assert differences(report=done) == []

    member(on=dt.date(2021, 1, 1))

    assert ("在册会员", "1人", "2人") in differences(report=done)


def test_numbers_that_do_not_agree_are_explained_before_the_freeze(report: AnnualReport, chair: Any) -> None:
    goods = Benefit.objects.create(code="t", name="t", category=Category.BIRTHDAY, form=Form.GOODS)
    occasion = Occasion.objects.create(code="o", name="2022年生日", year=2022)
    somebody = member(on=dt.date(2023, 1, 1))
    for person in (somebody, member(on=dt.date(2020, 1, 1)), member(on=dt.date(2023, 1, 1))):
        Grant.objects.create(
            person=person,
            benefit=goods,
            occasion=occasion,
            form=Form.GOODS,
            state=GrantState.RECEIVED,
            granted_on=dt.date(2022, 5, 1),
            received_on=dt.date(2022, 5, 1),
            offline_approval="纸质审批单",
        )
    with pytest.raises(Refused, match="生日慰问"):
        submitted(report)
    with pytest.raises(Refused):
        explain(report=report, key="welfare.birthday", text=" ", actor=chair)

    explain(report=report, key="welfare.birthday", text="含当年退休的教职工", actor=chair)
    begin_freeze(report=submitted(report), actor=chair)

    report.refresh_from_db()
    assert report.snapshot is not None
    assert report.snapshot["explanations"][0]["text"] == "含当年退休的教职工"


def test_a_failed_render_leads_back_to_the_confirmation_and_says_why(
    report: AnnualReport, chair: Any, settings: Any, tmp_path: Any
) -> None:
    begin_freeze(report=submitted(report), actor=chair)
    settings.PORTAL_FONTS_DIR = tmp_path / "no fonts here"

    render_frozen(report.pk)

    report.refresh_from_db()
    assert report.state == ReportState.SUBMITTED
    assert report.failure
    assert report.snapshot is None


def test_the_worker_prints_no_difference_that_nobody_explained(report: AnnualReport, chair: Any) -> None:
    begin_freeze(report=submitted(report), actor=chair)
    taken = AnnualReport.objects.get(pk=report.pk).snapshot or {}
    doubt = {"key": "congress.proposals.collected", "doubt": "征集提案30件，2件去向不详", "text": ""}
    AnnualReport.objects.filter(pk=report.pk).update(snapshot=taken | {"explanations": [doubt]})

    render_frozen(report.pk)

    report.refresh_from_db()
    assert report.state == ReportState.SUBMITTED
    assert "2件去向不详" in report.failure


def test_nobody_freezes_alone(report: AnnualReport, chair: Any) -> None:
    with pytest.raises(Refused):
        begin_freeze(report=report, actor=chair)
    submit(report=report, actor=chair)
    with pytest.raises(Refused, match="另一位负责人"):
        begin_freeze(report=report, actor=chair)
    with pytest.raises(Refused, match="退回修改"):
        write_texts(report=report, texts={})
    with pytest.raises(IntegrityError), transaction.atomic():
        AnnualReport.objects.filter(pk=report.pk).update(frozen_by=chair)

    send_back(report=report, actor=account_with_role(Role.VICE_CHAIR), why="漏了一项走访")
    submit(report=report, actor=account_with_role(Role.ORGANISATION))
    assert begin_freeze(report=report, actor=chair).state == ReportState.FREEZING
    assert [move.action for move in report.moves.all()] == ["begin", "submit", "send_back", "submit", "freeze"]


def test_the_page_says_who_can_confirm_and_what_to_do_where_nobody_can(report: AnnualReport, chair: Any) -> None:
    assert who_confirms(report, asked_by=None) == f"可以确认定稿的：{chair.name}。"
    alone = who_confirms(report, asked_by=chair)
    assert alone.startswith("目前没有另一位负责人可以确认定稿")
    assert "角色委托" in alone
    assert "改由一位委员提交定稿" in alone
    other = account_with_role(Role.VICE_CHAIR)
    assert who_confirms(report, asked_by=chair) == f"可以确认定稿的：{other.name}。"


def test_a_period_that_still_runs_asks_for_a_second_look_of_both(chair: Any) -> None:
    year = Period.year(timezone.localdate().year)
    end = max(year.end, timezone.localdate() + dt.timedelta(days=1))
    report = start_report(outline=brief(), period=Period(year.start, end), actor=None)
    officer = account_with_role(Role.ORGANISATION)
    for act in (partial(submit, report=report, actor=officer), partial(begin_freeze, report=report, actor=chair)):
        with pytest.raises(Refused, match=f"{end} 才结束"):
            act()
        act(aware=True)


def test_a_figure_that_stands_open_is_refused_before_the_freeze(report: AnnualReport, chair: Any) -> None:
    """Texts of an older release, or a figure that has gone since the text was saved."""
    words = "全年为{members.total}名会员提供服务，{members.totals:heads}人"
    report.texts.filter(section__chapter__position=1, section__theme="").update(text=words)
    with pytest.raises(Refused, match=r"\{members\.total\}.*\{members\.totals:heads\}"):
        submitted(report)


def test_the_freeze_is_taken_once(report: AnnualReport, chair: Any) -> None:
    begin_freeze(report=submitted(report), actor=chair)
    with pytest.raises(Refused):
        begin_freeze(report=report, actor=chair)
    finish_freeze(report=report, pdf=b"%PDF", docx=b"PK", pages=1)
    again = finish_freeze(report=report, pdf=b"other", docx=b"PK", pages=2)
    assert again.pages == 1
    assert fail_freeze(report=report, failure="too late").state == ReportState.FROZEN


def test_a_revision_is_a_new_version_with_its_reason(report: AnnualReport, chair: Any) -> None:
    done = frozen(report, chair)
    with pytest.raises(DomainError):
        revise(report=done, reason="", actor=chair)

    second = revise(report=done, reason="补录一项走访", actor=chair)

    assert (second.version, second.revises, second.state) == (2, done, ReportState.DRAFT)
    assert [text.text for text in second.texts.all()] == [text.text for text in done.texts.all()]
    with pytest.raises(Refused):
        revise(report=done, reason="再来一次", actor=chair)


@pytest.mark.django_db(transaction=True)
def test_two_who_revise_at_once_make_one_revision(chair: Any) -> None:
    begun = started()
    begin_freeze(report=submitted(begun), actor=chair)
    finish_freeze(report=begun, pdf=b"%PDF", docx=b"PK", pages=1)
    results = at_once(*[partial(revise, report=begun, reason="补录一项走访", actor=chair)] * 3)
    assert sorted(type(one).__name__ for one in results) == ["AnnualReport", "Refused", "Refused"]
    revised = AnnualReport.objects.get(revises=begun)
    assert (revised.version, revised.texts.count()) == (2, begun.texts.count())


def test_a_frozen_report_carries_the_ledgers_heads(report: AnnualReport, chair: Any) -> None:
    from tests.factories import ledger as books  # noqa: PLC0415 - only this test posts

    books.posting(books.open_book(2024), source_key="one")
    done = frozen(report, chair)
    head = KnownHead.objects.get(printed_in__startswith=done.title)
    assert done.snapshot is not None
    assert head.hash in done.snapshot["ledger_heads"][0]


def test_summaries_that_do_not_fit_are_named_in_the_sources(report: AnnualReport, chair: Any) -> None:
    SummaryRecord.objects.create(
        kinds=["welfare.wedding"],
        label="婚庆慰问",
        source="旧表",
        heads=3,
        period_start=dt.date(2022, 12, 1),
        period_end=dt.date(2023, 1, 31),
    )
    done = frozen(report, chair)
    assert done.snapshot is not None
    wedding = next(one for one in done.snapshot["figures"] if one["key"] == "welfare.wedding")
    assert (wedding["heads"], len(wedding["left_out"])) == (0, 1)


pytestmark = pytest.mark.django_db
