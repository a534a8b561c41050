"""A year on paper comes in by list."""

import datetime as dt
import io
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.factories import approvals, members
from tests.factories import rounds as welfare
from union_portal.accounts.enums import Role
from union_portal.base.errors import Refused
from union_portal.base.importing.preview import ImportRefused, Status
from union_portal.base.spreadsheets.writing import write_xlsx
from union_portal.home.imports.services import history
from welfare.approvals import services as papers
from welfare.approvals.enums import ApprovalState
from welfare.approvals.models import PaperApproval
from welfare.benefits.models import Occasion
from welfare.grants.enums import GrantState
from welfare.grants.models import Grant
from welfare.grants.services.recorded import post_recorded
from welfare.ledger.models import Posting
from welfare.life_events.models import LifeEvent
from welfare.recording.resources import GrantResource

HEADINGS = (
    "工号",
    "姓名",
    "福利项目",
    "节日与活动",
    "事件日期",
    "日期",
    "金额",
    "形式",
    "审批人",
    "审批文号",
    "记台账",
)


def _file(*rows: tuple[object, ...], more: tuple[str, ...] = ()) -> io.BytesIO:
    return io.BytesIO(write_xlsx(headings=(*HEADINGS, *more), rows=rows))


def _row(person: object, benefit: str, day: dt.date, **cells: object) -> tuple[object, ...]:
    told = {"审批人": "工会主席", "审批文号": "工字1号"} | cells
    number, name = getattr(person, "staff_number", ""), getattr(person, "name", "")
    base = {"工号": number, "姓名": name, "福利项目": benefit, "日期": day} | told
    return tuple(base.get(heading, "") for heading in HEADINGS)


def test_a_years_festival_goods_and_events_come_in_with_occasions_and_events_made() -> None:
    day = dt.date(2022, 1, 20)
    branch = members.branch()
    people = [members.member(branch=branch) for _ in range(4)]
    rows = [_row(person, "春节慰问品", day, 节日与活动="2022年春节", 金额=500) for person in people]
    rows.append(
        _row(people[0], "生育慰问", dt.date(2022, 5, 1), 事件日期=dt.date(2022, 4, 2), 金额=1000, 形式="慰问品")
    )
    GrantResource(actor=welfare.officer()).confirm(_file(*rows))

    assert Grant.objects.filter(state=GrantState.RECEIVED).count() == 5
    assert Occasion.objects.get(name="2022年春节").festival == "spring"
    assert LifeEvent.objects.get().occurred_on == dt.date(2022, 4, 2)
    grant = Grant.objects.filter(occasion__isnull=False).first()
    assert grant is not None
    assert (grant.branch, grant.rule is not None) == (branch, True)
    assert "工字1号" in grant.offline_approval


def test_a_benefit_nobody_recorded_is_a_word_to_explain_or_add() -> None:
    rows = [_row(members.member(), "乔迁慰问", dt.date(2022, 1, 20))]
    (asked,) = GrantResource(actor=welfare.officer()).preview(_file(*rows)).unknown
    assert (asked.word, asked.model) == ("乔迁慰问", "welfare.benefit")


def test_the_same_file_again_changes_nothing_and_other_figures_are_refused() -> None:
    person, day = members.member(), dt.date(2022, 1, 20)
    row = _row(person, "春节慰问品", day, 金额=500)
    GrantResource().confirm(_file(row))
    again = GrantResource().preview(_file(row))
    assert (again.counts[Status.UNCHANGED], again.counts[Status.NEW]) == (1, 0)
    with pytest.raises(ImportRefused):
        GrantResource().confirm(_file(_row(person, "春节慰问品", day, 金额=600)))
    assert Grant.objects.get().amount == Decimal(500)


def test_wrong_names_unknown_people_doubles_and_missing_approvals_are_named() -> None:
    person, other, day = members.member(name="王芳"), members.member(), dt.date(2022, 1, 20)
    stranger = type("Stranger", (), {"staff_number": "X999", "name": "无名氏"})
    wrong = type("Wrong", (), {"staff_number": other.staff_number, "name": "甲乙"})
    unapproved = _row(members.member(), "春节慰问品", day, 审批人="", 审批文号="")
    preview = GrantResource().preview(
        _file(
            _row(person, "春节慰问品", day),
            _row(person, "春节慰问品", day),
            _row(stranger, "春节慰问品", day),
            _row(wrong, "春节慰问品", day),
            unapproved,
        )
    )
    assert preview.counts[Status.FAULTY] == 4
    assert preview.counts[Status.NEW] == 1
    assert not Grant.objects.exists()


def _confirmed(paper: PaperApproval) -> PaperApproval:
    """Let the paper be put right by an officer and confirmed by the vice chair."""
    told = approvals.told(approved_on=dt.date(2022, 2, 20), document=paper.document)
    whole = papers.amend(subject=paper, actor=welfare.officer(), **told)
    return papers.confirm(subject=whole, actor=members.account_with_role(Role.VICE_CHAIR))


def test_rows_for_the_ledger_wait_for_their_approval_and_become_one_posting_of_the_year_they_concern() -> None:
    people = [members.member() for _ in range(3)]
    rows = [_row(person, "住院慰问", dt.date(2022, 3, 1), 金额=500, 记台账="是") for person in people]
    GrantResource(actor=welfare.officer()).confirm(_file(*rows))
    paper, today = PaperApproval.objects.get(), timezone.localdate()
    assert not Posting.objects.exists()
    with pytest.raises(Refused):
        post_recorded(paper=paper, posted_on=today, actor=welfare.treasurer())
    _confirmed(paper)
    post_recorded(paper=paper, posted_on=today, actor=welfare.treasurer())
    posting = Posting.objects.get()
    assert (posting.year, posting.total, posting.entry_count, posting.kind) == (2022, Decimal(1500), 3, "recorded")
    assert (posting.paper_approval, posting.offline_approval) == (paper, "主席 2022-02-20 线下审批，工字1号")
    with pytest.raises(Refused):
        post_recorded(paper=paper, posted_on=today, actor=welfare.treasurer())


def test_each_posting_of_past_grants_carries_their_own_approval() -> None:
    day, documents = dt.date(2022, 3, 1), ["工字〔2022〕1号", "工字〔2022〕2号"]
    rows = [
        _row(members.member(), "住院慰问", day, 金额=500, 记台账="是", 审批文号=document)
        for document in [*documents, documents[0]]
    ]
    GrantResource(actor=welfare.officer()).confirm(_file(*rows))
    for paper in PaperApproval.objects.all():
        post_recorded(paper=_confirmed(paper), posted_on=timezone.localdate(), actor=welfare.treasurer())
    told = Posting.objects.order_by("offline_approval").values_list("offline_approval", "entry_count")
    assert [(words.split("，")[-1], count) for words, count in told] == [(documents[0], 2), (documents[1], 1)]


def test_who_recorded_the_list_does_not_confirm_its_approval() -> None:
    recorder = members.account_with_role(Role.WELFARE, Role.CHAIR)
    row = _row(members.member(), "住院慰问", dt.date(2022, 3, 1), 金额=500, 记台账="是")
    GrantResource(actor=recorder).confirm(_file(row))
    whole = papers.amend(subject=PaperApproval.objects.get(), actor=welfare.officer(), **approvals.told())
    with pytest.raises(Refused):
        papers.confirm(subject=whole, actor=recorder)


def test_a_list_names_its_approver_by_office_name_or_number() -> None:
    chair = welfare.chair()
    for number, words in enumerate(("主席", "工会主席", chair.name, chair.staff_number)):
        row = _row(members.member(), "住院慰问", dt.date(2022, 3, 1), 审批人=words, 审批文号=f"工字{number}号")
        GrantResource(actor=welfare.officer()).confirm(_file((*row, dt.date(2022, 2, 20)), more=("审批日期",)))
    assert {paper.approver for paper in PaperApproval.objects.all()} == {chair}


def test_five_hundred_grants_take_as_many_queries_as_five() -> None:
    counts = []
    for number in (2, 30):
        people = [members.member() for _ in range(number)]
        rows = [_row(person, "春节慰问品", dt.date(2022, 1, 20), 金额=500) for person in people]
        with CaptureQueriesContext(connection) as seen:
            GrantResource().confirm(_file(*rows))
        counts.append(len(seen))
    assert counts[1] <= counts[0]


def test_taking_back_a_list_cancels_its_grants_and_names_the_ledger_where_it_was_posted() -> None:
    officer, person, day = welfare.officer(), members.member(branch=members.branch()), dt.date(2022, 1, 20)
    plain = _row(person, "春节慰问品", day, 节日与活动="2022年春节", 金额=500)
    posted = _row(person, "中秋节慰问品", day, 节日与活动="2022年中秋", 金额=500, 记台账="是")
    records = [
        history.bring_in(resource=GrantResource(actor=officer), file=_file(row), name="x.xlsx", answers={})[0]
        for row in (plain, posted)
    ]
    history.take_back(subject=records[0], actor=officer, why="拿错了")
    grant = Grant.objects.get(occasion__name="2022年春节")
    assert (grant.state, grant.moves.count()) == (GrantState.CANCELLED, 2)
    assert PaperApproval.objects.get(grants=grant).state == ApprovalState.REJECTED
    paper = PaperApproval.objects.get(state=ApprovalState.ENTERED)
    post_recorded(paper=_confirmed(paper), posted_on=timezone.localdate(), actor=welfare.treasurer())
    with pytest.raises(Refused, match="线下审批"):
        history.take_back(subject=records[1], actor=officer, why="拿错了")
    assert Grant.objects.get(occasion__name="2022年中秋").state == GrantState.RECEIVED


pytestmark = pytest.mark.django_db
