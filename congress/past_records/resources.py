"""The list of past proposals."""

from collections.abc import Sequence
from typing import Any

from congress.bodies.resources import BODIES
from congress.delegates.models import Delegate, Delegation
from congress.departments.models import Department
from congress.departments.resources import Departments
from congress.drives.models import ProposalCategory
from congress.handling.enums import Grade, ReplyKind
from congress.past_records.services import Author, Handled, Paper, record_proposal
from congress.proposals.enums import Outcome
from congress.proposals.models import Proposal
from congress.ratings.models import Rating
from congress.ratings.querysets import with_account
from congress.sessions.models import Session
from congress.sessions.resources import session_parser
from union_portal.base.importing.kinds import ImportKind, register_kind
from union_portal.base.importing.lists import column_of
from union_portal.base.importing.rows import Row
from union_portal.base.importing.services import RowResource
from union_portal.base.spreadsheets.columns import Column
from union_portal.base.spreadsheets.dates import Date
from union_portal.base.spreadsheets.parsers import Choice, Code, Text

# What a list says where nobody knows any more what became of a proposal.
UNKNOWN = "unknown"
OUTCOMES = Choice(
    {
        Outcome.FILED: "立案",
        Outcome.PASSED_ON: "转意见建议",
        Outcome.DECLINED: "不予立案",
        Outcome.MERGED: "并案",
        Outcome.WITHDRAWN: "撤回",
        UNKNOWN: "去向不详",
    },
    synonyms=dict.fromkeys(("正式立案", "立为提案", "提案"), Outcome.FILED)
    | dict.fromkeys(("转为意见建议", "意见建议", "转建议", "作为建议", "建议", "意见"), Outcome.PASSED_ON)
    | dict.fromkeys(("不立案", "未立案", "退回"), Outcome.DECLINED)
    | dict.fromkeys(("合并", "已并案"), Outcome.MERGED)
    | {"撤案": Outcome.WITHDRAWN, "不详": UNKNOWN, "未知": UNKNOWN},
)
REPLIES = Choice(
    {ReplyKind.DONE: "已解决", ReplyKind.PLANNED: "计划解决", ReplyKind.CANNOT: "暂不能解决"},
    synonyms=dict.fromkeys(("已采纳", "已落实", "已办结", "A"), ReplyKind.DONE)
    | dict.fromkeys(("正在解决", "列入计划", "B"), ReplyKind.PLANNED)
    | dict.fromkeys(("不能解决", "留作参考", "C"), ReplyKind.CANNOT),
)
# What says that a row tells the same as the register.
_COMPARED = ("title", "outcome", "category", "lead", "answered_on", "grade")


@register_kind
class ProposalResource(RowResource):
    """Proposals by session and number. What is recorded already is not changed by a list."""

    kind = ImportKind(
        key="proposals",
        label="往届提案（补录）",
        columns=(
            Column(
                key="session",
                label="会议",
                synonyms=("届次", "会议名称", "所属会议"),
                required=True,
                example="第二届教代会第三次会议",
            ),
            column_of(
                Proposal, "number", "提案编号 提案号 序号", parser=Code(longest=24), required=True, example="2022-001"
            ),
            Column(
                key="body",
                label="大会",
                synonyms=("大会类别", "机构", "所属机构"),
                parser=BODIES,
                example="教代会",
                help="双代会须填写",
            ),
            column_of(Proposal, "title", "提案名称 题目 标题", required=True),
            column_of(Proposal, "grounds", "提案理由 案据"),
            column_of(Proposal, "measures", "解决建议 建议措施 方案", label="建议"),
            column_of(Proposal, "category", "提案类别 分类"),
            Column(key="staff_number", label="提案人工号", synonyms=("工号",), parser=Code(longest=32)),
            Column(key="author", label="提案人", synonyms=("提案人姓名", "领衔代表"), parser=Text(longest=100)),
            column_of(Proposal, "delegation", parser=Text(longest=64)),
            column_of(Proposal, "outcome", "处理结果 审查意见 结果", parser=OUTCOMES, required=True, example="立案"),
            Column(key="merged_into", label="并入编号", synonyms=("并入", "并入提案"), parser=Code(longest=24)),
            Column(key="submitted_on", label="提交日期", synonyms=("征集日期",), parser=Date()),
            column_of(Proposal, "decided_on", "立案日期", label="审查日期"),
            Column(key="lead", label="主办部门", synonyms=("承办部门", "责任部门")),
            Column(key="support", label="协办部门", synonyms=("会办部门",)),
            column_of(Proposal, "due_on", "答复期限", label="办理期限"),
            column_of(Proposal, "answered_on"),
            Column(key="reply_kind", label="答复类型", synonyms=("办理结果",), parser=REPLIES, example="已解决"),
            Column(key="promised_on", label="承诺完成日期", synonyms=("计划完成日期",), parser=Date()),
            Column(key="reply", label="答复内容", synonyms=("答复", "答复意见", "办理情况")),
            column_of(Rating, "grade", "评价 反馈意见", words={"较满意": Grade.BASICALLY}, example="满意"),
            Column(key="words", label="评价意见", synonyms=("提案人意见",)),
            column_of(Proposal, "source", "出处 数据来源"),
        ),
        permission="congress.import_congress",
        order=80,
        help="请先录入会议和承办部门。",
    )
    key_columns = ("session", "number")
    label_columns = ("number", "title")

    class Meta:
        model = Proposal

    def prepare(self) -> None:
        self.sessions = {one.pk: one for one in Session.objects.prefetch_related("sittings__congress")}
        self.parsers["session"] = session_parser(self.sessions.values())
        self.categories = {one.pk: one for one in ProposalCategory.objects.all()}
        codes = {one.code: one.pk for one in self.categories.values()}
        self.parsers["category"] = Choice({one.pk: one.name for one in self.categories.values()}, synonyms=codes)
        self.departments = {one.pk: one for one in Department.objects.all()}
        words = {one.code: one.pk for one in self.departments.values()}
        self.parsers["lead"] = Choice({one.pk: one.name for one in self.departments.values()}, synonyms=words)
        self.parsers["support"] = Departments(self.departments.values())

    def current_values(self, rows: Sequence[Row]) -> None:
        """Find the proposals recorded already, and the delegates and delegations named."""
        known = with_account(Proposal.objects.filter(drive__session__in={row.values["session"] for row in rows}))
        found = {(one.drive.session_id, one.number): one for one in known.select_related("drive")}
        leads = {one.name: one.pk for one in self.departments.values()}
        for row in rows:
            one: Any = found.get((row.values["session"], row.values["number"]))
            if one is None:
                continue
            values = {
                "title": one.title,
                "outcome": one.outcome or UNKNOWN,
                "category": one.category_id,
                "lead": leads.get(one.lead),
                "answered_on": one.replied_on,
                "grade": one.grade,
            }
            row.pk, row.current = one.pk, {**row.values, **values}
            if any(row.values[key] != values[key] for key in _COMPARED if key in row.values):
                row.fault("number", "该编号已有提案，内容不同，请在门户内更正")
        numbers = {row.values["staff_number"] for row in rows if row.values.get("staff_number")}
        mandates = Delegate.objects.filter(person__staff_number__in=numbers).select_related("person")
        self.delegates = {(one.congress_id, one.person.staff_number): one for one in mandates}
        names = {row.values["delegation"] for row in rows if row.values.get("delegation")}
        self.delegations = {(one.congress_id, one.name): one for one in Delegation.objects.filter(name__in=names)}

    def clean_row(self, row: Row) -> None:
        """Refuse a row of a double session that names no body, and authors nobody knows."""
        session = self.sessions.get(row.values.get("session", 0))
        if session is None:
            return
        congress = self._congress(session, row)
        if congress is None:
            row.fault("body", "请填写机构：该会议没有登记机构，或由多个机构共同召开")
            return
        number, delegation = row.values.get("staff_number"), row.values.get("delegation")
        if number and (congress.pk, number) not in self.delegates:
            row.fault("staff_number", "不是本届代表；往届代表请只填姓名")
        if delegation and (congress.pk, delegation) not in self.delegations:
            row.fault("delegation", "本届没有这个代表团")

    @staticmethod
    def _congress(session: Session, row: Row) -> Any:
        body = row.values.get("body")
        found = [one.congress for one in session.sittings.all() if body in (None, one.congress.body)]
        return found[0] if len(found) == 1 else None

    def check_rows(self, rows: Sequence[Row]) -> None:
        """Try the merged ones last: what they were merged into may stand further down."""
        super().check_rows(_merged_last(rows))

    def save_rows(self, rows: Sequence[Row]) -> None:
        super().save_rows(_merged_last(rows))

    def save_row(self, row: Row) -> None:
        value = row.values.get
        session = self.sessions[row.values["session"]]
        congress = self._congress(session, row)
        into = value("merged_into")
        outcome = row.values["outcome"]
        paper = Paper(
            number=row.values["number"],
            title=row.values["title"],
            outcome=Outcome.UNDECIDED if outcome == UNKNOWN else Outcome(outcome),
            author=Author(
                delegate=self.delegates.get((congress.pk, value("staff_number"))),
                delegation=self.delegations.get((congress.pk, value("delegation"))),
                words=value("author") or "",
            ),
            category=self.categories.get(value("category") or 0),
            merged_into=Proposal.objects.filter(drive__session=session, number=into).first() if into else None,
            grounds=value("grounds") or "",
            measures=value("measures") or "",
            submitted_on=value("submitted_on"),
            decided_on=value("decided_on"),
            source=value("source") or "",
        )
        handled = Handled(
            lead=self.departments.get(value("lead") or 0),
            support=tuple(self.departments[key] for key in value("support") or ()),
            kind=ReplyKind(value("reply_kind") or ReplyKind.DONE),
            text=value("reply") or "",
            due_on=value("due_on"),
            answered_on=value("answered_on"),
            promised_on=value("promised_on"),
            grade=value("grade"),
            words=value("words") or "",
        )
        row.pk = record_proposal(session=session, congress=congress, paper=paper, handled=handled, actor=self.actor).pk


def _merged_last(rows: Sequence[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: row.values.get("outcome") == Outcome.MERGED)
