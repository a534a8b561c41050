"""Past proposals as lists of real schools have them: their words, and a later list that completes an earlier one."""

import datetime as dt
import io
from typing import Any

import pytest

from congress.handling.enums import Duty, Grade, ReplyKind
from congress.handling.models import Assignment, Reply
from congress.past_records.resources import OUTCOMES, ProposalResource
from congress.proposals.enums import Outcome, ProposalState
from congress.proposals.models import Proposal
from congress.ratings.models import Rating
from congress.sessions.models import Session
from congress.suggestions.report import KINDS
from tests.factories import bodies, delegates, departments, drives, members, sessions
from union_portal.base.importing.preview import ImportRefused, Status
from union_portal.base.spreadsheets.writing import write_xlsx

pytestmark = pytest.mark.django_db
SPRING, AUTUMN = dt.date(2022, 5, 10), dt.date(2022, 10, 8)


def table(*rows: dict[str, Any]) -> io.BytesIO:
    headings = tuple(dict.fromkeys(key for row in rows for key in row))
    return io.BytesIO(write_xlsx(headings=headings, rows=[tuple(row.get(key, "") for key in headings) for row in rows]))


def fourth(*, title: str, **of: Any) -> Session:
    """Hold the fourth session of the third term."""
    made = sessions.session(bodies.congress(number=3, **of), title=title, convened_on=SPRING)
    made.sittings.update(number=4)
    return made


@pytest.fixture
def held() -> Session:
    return fourth(title="年度大会")


def line(number: str, **cells: Any) -> dict[str, Any]:
    return {"会议": "年度大会", "提案编号": number, "案由": f"关于{number}", "审查结果": "立案", **cells}


@pytest.mark.parametrize(
    ("words", "outcome"),
    [
        (("予以立案", "立案"), Outcome.FILED),
        (("不予受理", "未予立案"), Outcome.DECLINED),
        (("转为建议和意见", "作为意见建议处理", "作为意见建议办理", "一般性建议", "转达"), Outcome.PASSED_ON),
    ],
)
def test_outcomes_are_known_by_the_words_of_real_lists(words: tuple[str, ...], outcome: Outcome) -> None:
    assert {OUTCOMES.parse(word) for word in words} == {outcome}


@pytest.mark.parametrize(
    "words",
    ["三届四次教代会", "第三届教职工代表大会第四次会议", "2022年第三届教代会第4次会议", "三届四次会议", "年度大会"],
)
def test_a_session_is_known_by_body_and_numbers(held: Session, words: str) -> None:
    ProposalResource().confirm(table(line("2022-001", 会议=words)))
    assert Proposal.objects.get().drive.session == held


@pytest.mark.parametrize(
    "words", ["首届一次教代会", "首届教代会首次会议", "2022年首届教职工代表大会第一次会议", "第一届1次教代会"]
)
def test_the_first_session_of_the_first_term_is_called_by_the_word_for_it(held: Session, words: str) -> None:
    opening = sessions.session(bodies.congress(number=1), title="成立大会", convened_on=SPRING)
    opening.sittings.update(number=1)
    ProposalResource().confirm(table(line("2022-001", 会议=words)))
    assert Proposal.objects.get().drive.session == opening


@pytest.mark.parametrize("words", ["三届五次教代会", "三届四次工代会", "别处三届四次教代会"])
def test_another_session_is_none(held: Session, words: str) -> None:
    with pytest.raises(ImportRefused):
        ProposalResource().confirm(table(line("2022-001", 会议=words)))


def test_a_branch_and_its_congress_are_told_apart(held: Session) -> None:
    branch = members.branch(name="物理学院分工会")
    own = fourth(title="二级大会", branch=branch)
    rows = (line("2022-001", 会议="三届四次教代会"), line("2022-002", 会议="物理学院第三届教代会第四次会议"))
    ProposalResource().confirm(table(*rows))
    found = [one.drive.session for one in Proposal.objects.order_by("number")]
    assert found == [held, own]


def test_what_was_passed_on_is_assigned_answered_rated_and_counted(held: Session) -> None:
    department = departments.department()
    told = {"审查结果": "转为建议和意见", "主办部门": department.name, "答复类型": "已采纳"}
    ProposalResource().confirm(
        table(
            line("2022-001", **told, 答复日期=AUTUMN, 满意度="满意"),
            line("2022-002", **told),
            line("2022-003", 审查结果="转达", 答复日期=AUTUMN),
        )
    )
    first, second, third = Proposal.objects.order_by("number")
    states = (ProposalState.ADVISED, ProposalState.ADVISING, ProposalState.ADVISED)
    assert (first.state, second.state, third.state) == states
    assert {one.outcome for one in (first, second, third)} == {Outcome.PASSED_ON}
    assert (first.replies.get().kind, first.replies.get().ratings.get().grade) == (ReplyKind.DONE, Grade.SATISFIED)
    answered = next(kind for kind in KINDS if kind.key == "congress.suggestions_answered").beside[0]
    assert set(answered.records.filter(answered.where)) == {first, third}


def test_the_list_of_autumn_completes_that_of_spring(held: Session) -> None:
    lead, helper = departments.department(), departments.department()
    spring = (line("2022-001"), line("2022-002", 主办部门=lead.name), line("2022-003", 审查结果="去向不详"))
    ProposalResource().confirm(table(*spring))
    answer = {
        "主办部门": lead.name,
        "协办部门": helper.name,
        "答复日期": AUTUMN,
        "答复内容": "已办妥",
        "满意度": "满意",
    }
    autumn = (
        line("2022-001", **answer),
        line("2022-002", **answer | {"满意度": ""}),
        line("2022-003", 审查结果="不予受理"),
        line("2022-004"),
    )
    preview = ProposalResource().preview(table(*autumn))
    assert (preview.changed, preview.new, preview.faulty) == (3, 1, 0)
    changes = {(one.label, one.old, one.new) for one in preview.rows[0].changes}
    assert ("主办部门", "", lead.name) in changes
    assert ("满意度", "", "满意") in changes
    ProposalResource().confirm(table(*autumn))
    first, second, third, _fourth = Proposal.objects.order_by("number")
    assert [one.state for one in (first, second, third)] == [
        ProposalState.CLOSED,
        ProposalState.CLOSED,
        ProposalState.DECLINED,
    ]
    assert (first.answered_on, first.closed_on) == (AUTUMN, AUTUMN)
    assert [move.action for move in first.moves.order_by("pk")] == ["begin", "assign", "reply_directly", "rate"]
    assert Assignment.objects.filter(proposal=first, duty=Duty.SUPPORT).get().department == helper
    assert ProposalResource().preview(table(*autumn)).counts[Status.UNCHANGED] == 4


def test_words_of_one_cell_are_each_asked_and_explained_by_themselves(held: Session) -> None:
    lead, helper, third = (departments.department() for _place in range(3))
    told = {"类别": "智慧校园", "主办部门": "总务", "协办部门": f"基建办、{helper.name}，保卫部"}
    preview = ProposalResource().preview(table(line("2022-001", **told)))
    assert [(one.label, one.word, one.model) for one in preview.unknown] == [
        ("类别", "智慧校园", "congress.proposalcategory"),
        ("主办部门", "总务", "congress.department"),
        ("协办部门", "基建办", "congress.department"),
        ("协办部门", "保卫部", "congress.department"),
    ]
    told |= {"答复日期": f"{AUTUMN}", "满意度": "一般"}
    known = {
        "grade": {"一般": "基本满意"},
        "lead": {"总务": lead.name},
        "support": {"基建办": third.name, "保卫部": helper.name},
    }
    proposals = ProposalResource(meanings=known)
    proposals.confirm(table(line("2022-001", **told | {"类别": ""})))
    helping = Assignment.objects.filter(duty=Duty.SUPPORT).order_by("pk")
    assert [one.department for one in helping] == [third, helper]
    rating = Rating.objects.get()
    assert (rating.grade, rating.words) == (Grade.BASICALLY, "原词“一般”")


def test_texts_are_corrected_and_what_is_written_once_is_named(held: Session) -> None:
    category, lead, other = drives.category(), departments.department(), departments.department()
    told = {"主办部门": lead.name, "答复日期": AUTUMN, "答复内容": "已办妥", "满意度": "满意"}
    ProposalResource().confirm(table(line("2022-001", **told)))
    ProposalResource().confirm(
        table(line("2022-001", 案由="关于食堂", 类别=category.name, 提案理由="人多", 提案人="李四"))
    )
    one = Proposal.objects.get()
    assert (one.title, one.category, one.grounds, one.author_words) == ("关于食堂", category, "人多", "李四")
    for heading, wrong in (
        ("审查结果", "不予立案"),
        ("主办部门", other.name),
        ("答复内容", "没有办"),
        ("满意度", "不满意"),
        ("答复类型", "暂不能解决"),
    ):
        preview = ProposalResource().preview(table(line("2022-001", 案由="关于食堂") | {heading: wrong}))
        assert [fault.label for fault in preview.faults] == [heading]
    assert Reply.objects.get().kind == ReplyKind.DONE


def test_a_proposal_of_the_portal_itself_is_no_matter_of_a_list(held: Session) -> None:
    ProposalResource().confirm(table(line("2022-001")))
    author = delegates.delegate(of=held.sittings.get().congress)
    Proposal.objects.update(recorded=False, proposer=author)
    preview = ProposalResource().preview(table(line("2022-001", 案由="别的")))
    assert [fault.label for fault in preview.faults] == ["编号"]
