"""Past years as lists: what a congress brings of them comes out of the report, number by number."""

import datetime as dt
import io
from pathlib import Path

import pytest
from django.core.management import call_command

from congress.bodies.enums import Body
from congress.drives.models import ProposalDrive
from congress.past_records.services import explain_difference
from tests.congress.proposal_reports.past_years import (
    PROPOSALS,
    agenda,
    bodies,
    departments,
    filed,
    held,
    load,
    other,
    times,
    told,
)


def test_a_double_session_and_a_special_one_of_one_year(tmp_path: Path) -> None:
    staff, union = bodies(Body.STAFF, Body.UNION)
    double = held("第二届双代会第四次会议", dt.date(2022, 6, 15), staff, union, number=4)
    agenda(
        double,
        ("听取", "《学校工作报告》"),
        ("审议通过", "《学校财务报告》"),
        ("审议通过", "《工会工作报告》"),
    )
    special = held("第二届教代会专题会议", dt.date(2022, 9, 20), staff, number=5, kind="临时会议")
    agenda(special, ("审议通过", "《学校章程（修订稿）》"))

    june = told(tmp_path, "2022-06-01", "2022-06-30")
    september = told(tmp_path, "2022-09-01", "2022-09-30")
    year = told(tmp_path, "2022-01-01", "2022-12-31")

    assert times(june, "sessions", "sessions.staff", "sessions.union") == (1, 1, 1)
    assert times(june, "agenda.heard", "agenda.passed") == (1, 2)
    assert times(september, "sessions", "agenda.passed") == (1, 1)
    assert times(year, "sessions", "sessions.staff", "agenda.passed") == (2, 2, 3)


def test_thirty_collected_twenty_eight_decided_four_filed_and_two_nobody_knows_of(tmp_path: Path) -> None:
    session = held("第二届双代会第四次会议", dt.date(2022, 6, 15), *bodies(Body.STAFF, Body.UNION), number=4)
    departments("后勤处")
    rows = [filed(session, number, body="教代会", grade="满意", answered="2022-10-08") for number in range(1, 5)]
    rows += [other(session, number, "转意见建议") for number in range(5, 29)]
    rows += [other(session, number, "去向不详") for number in (29, 30)]
    load("proposals", PROPOSALS, rows)

    errors = io.StringIO()
    whole = ("--from", "2022-01-01", "--to", "2022-12-31", "--json", str(tmp_path / "r.json"))
    call_command("annual_report", *whole, stdout=io.StringIO(), stderr=errors)
    report = told(tmp_path, "2022-01-01", "2022-12-31")

    stages = ("proposals.collected", "proposals.reviewed", "proposals.filed", "proposals.passed_on")
    assert times(report, *stages) == (30, 28, 4, 24)
    assert times(report, "proposals.satisfied", "proposals.undecided") == (4, 0)
    assert errors.getvalue().count("待说明") == 1
    assert "2件去向不详" in errors.getvalue()

    explain_difference(drive=ProposalDrive.objects.get(session=session), words="两件由原工作人员经手，去向不详")
    errors = io.StringIO()
    call_command("annual_report", *whole, stdout=io.StringIO(), stderr=errors)
    assert errors.getvalue() == ""


def test_the_same_stages_as_totals_without_the_proposals(tmp_path: Path) -> None:
    rows = [
        (kind, "2022-06-01", "2022-06-30", number, "2022年工作报告")
        for kind, number in (
            ("congress.proposals.collected", 30),
            ("congress.proposals.reviewed", 28),
            ("congress.proposals.filed", 4),
            ("congress.proposals.passed_on", 24),
            ("congress.proposals.answered", 4),
            ("congress.proposals.satisfied", 4),
        )
    ]
    load("summary_records", ("数据项", "开始日期", "结束日期", "次数", "来源"), rows)

    errors = io.StringIO()
    whole = ("--from", "2022-01-01", "--to", "2022-12-31", "--json", str(tmp_path / "r.json"))
    call_command("annual_report", *whole, stdout=io.StringIO(), stderr=errors)
    report = told(tmp_path, "2022-01-01", "2022-12-31")

    assert times(report, "proposals.collected", "proposals.reviewed", "proposals.filed") == (30, 28, 4)
    assert (report["proposals.reply_rate"]["numerator"], report["proposals.reply_rate"]["denominator"]) == (4, 4)
    assert report["proposals.reply_rate"]["summary"] is True
    assert errors.getvalue().count("待说明") == 1


def test_regulations_improved_and_two_sessions_in_a_year(tmp_path: Path) -> None:
    (staff,) = bodies(Body.STAFF)
    held("第二届教代会第三次会议", dt.date(2022, 3, 10), staff, number=3)
    held("第二届教代会第四次会议", dt.date(2022, 11, 10), staff, number=4)
    names = ("《教职工代表大会制度》", "《会员代表大会制度》", "《工会经费收支管理办法》")
    rows = [(name, "完善", "2022-05-20", "工会委员会") for name in names]
    load("regulations", ("制度名称", "动作", "日期", "决定机构"), rows)

    report = told(tmp_path, "2022-01-01", "2022-12-31")

    assert times(report, "regulations", "sessions.staff") == (3, 2)


def test_a_term_of_five_sessions_with_every_filed_proposal_answered_and_rated(tmp_path: Path) -> None:
    (staff,) = bodies(Body.STAFF)
    departments("后勤处")
    sessions = []
    for number, year in enumerate(range(2019, 2025), start=1):
        session = held(f"第二届教代会第{number}次会议", dt.date(year, 4, 12), staff, number=number)
        agenda(
            session,
            ("听取", f"《{year - 1}年学校工作报告》"),
            ("听取", f"《{year - 1}年财务工作报告》"),
            ("听取", f"《{year - 1}年提案工作报告》"),
        )
        sessions.append(session)
    for session, title in zip(
        sessions, ("《“十四五”规划》", "《校区扩建工程方案》", "《教代会实施细则》", "《综合改革方案》"), strict=False
    ):
        agenda(session, ("审议通过", title))
    rows, left = [], 64
    for session, count in zip(sessions[:5], (12, 13, 13, 13, 13), strict=True):
        for number in range(1, count + 1):
            grade = "基本满意" if left <= 5 else "满意"
            rows.append(filed(session, number, grade=grade, answered=f"{session.convened_on.year}-09-30"))
            left -= 1
    load("proposals", PROPOSALS, rows)
    acts = ("制定", "修订", "完善")
    regulations = [
        (f"《第{number}项管理办法》", acts[number % 3], f"{2019 + number % 6}-06-01") for number in range(15)
    ]
    regulations.append(("《第1项管理办法》", "修订", "2024-09-01"))
    regulations.append(("《旧办法》", "废止", "2024-09-01"))
    load("regulations", ("制度名称", "动作", "日期"), regulations)

    term = told(tmp_path, "2019-01-01", "2023-12-31")
    whole = told(tmp_path, "2019-01-01", "2024-12-31")
    years = [told(tmp_path, f"{year}-01-01", f"{year}-12-31") for year in (2019, 2024)]

    grades = ("proposals.satisfied", "proposals.basically", "proposals.dissatisfied", "proposals.unrated")
    assert times(term, "proposals.filed", *grades) == (64, 59, 5, 0, 0)
    for rate in ("reply_rate", "on_time_rate", "satisfaction_rate"):
        figure = term[f"proposals.{rate}"]
        assert (figure["numerator"], figure["denominator"], figure["unit"]) == (64, 64, "%"), rate
    assert times(whole, "titles.heard", "agenda.passed", "regulations") == (3, 4, 15)
    assert [times(year, "sessions") for year in years] == [(1,)] * 2


def test_proposals_of_two_bodies_are_counted_apart_and_committees_by_kind(tmp_path: Path) -> None:
    staff, union = bodies(Body.STAFF, Body.UNION, number=4)
    third = held("第四届教代会第三次会议", dt.date(2023, 3, 30), staff, number=3)
    agenda(
        third,
        *(
            ("审议", f"《{name}》")
            for name in ("2022年行政工作报告", "学术委员会工作报告", "财务工作报告", "教代会工作报告")
        ),
    )
    fourth = held("第四届工代会、教代会第四次会议", dt.date(2023, 12, 20), union, staff, number=4)
    rows = [filed(fourth, number, body="教代会") for number in range(1, 99)]
    rows += [filed(fourth, number, body="工代会") for number in range(99, 114)]
    load("proposals", PROPOSALS, rows)
    load("inspections", ("巡视名称", "日期", "届内次数"), [("第四届教代会代表第三次巡视", "2023-05-18", 3)])
    load(
        "suggestion_drives",
        ("活动名称", "开始日期", "结束日期"),
        [("2023年“金点子”合理化建议征集", "2023-09-01", "2023-09-30")],
    )
    meetings = [("校工会委员会", "工会委员会", f"2023-{month:02d}-08", "") for month in range(1, 6)]
    meetings += [
        (
            "教代会执行委员会",
            "执行委员会",
            f"2023-{month:02d}-09",
            "、".join(f"《文件{month}之{one}》" for one in (1, 2)),
        )
        for month in range(1, 7)
    ]
    meetings.append(("教代会执行委员会", "执行委员会", "2023-12-09", "《文件6之1》"))
    meetings += [("提案工作委员会", "提案工作委员会", f"2023-{month:02d}-10", "") for month in (4, 11)]
    load("meetings", ("委员会", "委员会类别", "日期", "审议文件"), meetings)

    report = told(tmp_path, "2023-01-01", "2023-12-31")

    filed_apart = ("proposals.filed", "proposals.filed.staff", "proposals.filed.union")
    assert times(report, *filed_apart) == (113, 98, 15)
    assert times(report, "meetings.union", "meetings.executive", "meetings.proposal") == (5, 7, 2)
    assert times(report, "documents", "inspections", "suggestion_drives") == (12, 1, 1)
    assert times(report, "sessions", "agenda.reviewed") == (2, 4)
    december = told(tmp_path, "2023-12-01", "2023-12-31")
    assert times(december, "sessions", "sessions.staff", "sessions.union") == (1, 1, 1)


pytestmark = pytest.mark.django_db
