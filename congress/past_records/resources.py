"""The list of past proposals."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, ClassVar

from django.db.models import Model, QuerySet
from django.utils import timezone

from congress.bodies.resources import BODIES
from congress.delegates.models import Delegate, Delegation
from congress.departments.models import Department
from congress.drives.models import ProposalCategory
from congress.handling.enums import Duty, Grade, ReplyKind, ReplyState
from congress.handling.models import Assignment, Reply
from congress.handling.resources import LIKELY_KINDS, REPLIES, keep_word
from congress.past_records.services import Author, Handled, Paper, annul_proposals, complete_proposal, record_proposal
from congress.proposals.enums import Outcome, ProposalState
from congress.proposals.models import Proposal
from congress.ratings.models import Rating
from congress.ratings.services import void_ratings
from congress.sessions.models import Session
from congress.sessions.resources import session_parser
from union_portal.base.importing.kinds import ImportKind, register_kind
from union_portal.base.importing.lists import column_of
from union_portal.base.importing.lookups import Related
from union_portal.base.importing.rows import Row
from union_portal.base.importing.services import RowResource
from union_portal.base.spreadsheets.columns import Column
from union_portal.base.spreadsheets.dates import Date
from union_portal.base.spreadsheets.parsers import Choice, Code, Text, some_of
from union_portal.base.spreadsheets.several import Several

# What a list says where nobody knows any more what became of a proposal.
UNKNOWN = "unknown"
_AS_ADVICE = (
    *("转为意见建议", "转为建议和意见", "转为意见和建议", "转建议", "转达"),
    *("作为意见建议处理", "作为意见建议办理", "作为意见和建议办理", "作为建议", "作为建议处理", "作为建议办理"),
    *("意见建议", "意见和建议", "建议和意见", "一般性建议", "建议", "意见"),
)
OUTCOMES = Choice(
    some_of(Outcome.FILED, Outcome.PASSED_ON, Outcome.DECLINED, Outcome.MERGED, Outcome.WITHDRAWN)
    | {UNKNOWN: "去向不详"},
    synonyms=dict.fromkeys(("正式立案", "予以立案", "准予立案", "立为提案", "提案"), Outcome.FILED)
    | dict.fromkeys(_AS_ADVICE, Outcome.PASSED_ON)
    | dict.fromkeys(("不立案", "未立案", "未予立案", "不予受理", "退回"), Outcome.DECLINED)
    | dict.fromkeys(("合并", "并案"), Outcome.MERGED)
    | dict.fromkeys(("撤案", "撤回"), Outcome.WITHDRAWN)
    | {"不详": UNKNOWN, "未知": UNKNOWN},
)


@register_kind
class ProposalResource(RowResource):
    """Proposals by session and number. A later list completes an earlier one; what is written once stays."""

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
            column_of(Proposal, "measures", "建议 解决建议 方案"),
            column_of(Proposal, "category", "提案类别 分类"),
            Column(key="staff_number", label="提案人工号", synonyms=("工号",), parser=Code(longest=32)),
            Column(key="author", label="提案人", synonyms=("提案人姓名", "领衔代表"), parser=Text(longest=100)),
            column_of(Proposal, "delegation", parser=Text(longest=64)),
            column_of(Proposal, "outcome", "处理结果 审查意见 结果", parser=OUTCOMES, required=True, example="立案"),
            Column(key="merged_into", label="并入编号", synonyms=("并入", "并入提案"), parser=Code(longest=24)),
            Column(key="submitted_on", label="提交日期", synonyms=("征集日期",), parser=Date()),
            column_of(Proposal, "decided_on", "审查日期 立案日期"),
            Column(key="lead", label="主办部门", synonyms=("承办部门", "责任部门")),
            Column(key="support", label="协办部门", synonyms=("会办部门",)),
            column_of(Proposal, "due_on", "办理期限"),
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
    likely: ClassVar[Mapping[str, Mapping[str, str]]] = {
        "grade": {"非常满意": "满意", "比较满意": "基本满意", "一般": "基本满意"},
        "reply_kind": LIKELY_KINDS,
    }
    key_columns = ("session", "number")
    label_columns = ("number", "title")

    class Meta:
        model = Proposal

    def prepare(self) -> None:
        self.sessions = {one.pk: one for one in Session.objects.prefetch_related("sittings__congress")}
        self.parsers["session"] = session_parser(self.sessions.values())
        self.categories = {one.pk: one for one in ProposalCategory.objects.all()}
        self.parsers["category"] = Related(ProposalCategory, ("name", "code"))
        self.departments = {one.pk: one for one in Department.objects.all()}
        self.parsers["lead"] = Related(Department, ("name", "code"))
        self.parsers["support"] = Several(self.parsers["lead"])

    def current_values(self, rows: Sequence[Row]) -> None:
        """Find the proposals recorded already, and the delegates and delegations named."""
        for row in rows:
            keep_word(row, key="grade", beside="words")
            keep_word(row, key="reply_kind", beside="reply")
        known = _standing(drive__session__in={row.values["session"] for row in rows}).select_related(
            "drive", "congress", "proposer__person", "delegation", "merged_into"
        )
        found = {(one.drive.session_id, one.number): one for one in known}
        told = [found.get((row.values["session"], row.values["number"])) for row in rows]
        held = _handled([one.pk for one in told if one is not None])
        for row, one in zip(rows, told, strict=True):
            if one is not None:
                row.pk, row.current = one.pk, _stored(one) | held[one.pk]
                row.current |= {"session": row.values["session"], "staff_number": _number_of(one)}
        numbers = {row.get("staff_number") for row in rows if row.get("staff_number")}
        mandates = Delegate.objects.filter(person__staff_number__in=numbers).select_related("person")
        self.delegates = {(one.congress_id, one.person.staff_number): one for one in mandates}
        names = {row.get("delegation") for row in rows if row.get("delegation")}
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

    def identities(self) -> Iterator[dict[str, Any]]:
        """Leave out those for a session still to come: they are collected in a portal, and no list takes them."""
        held = _standing(drive__session__convened_on__lte=timezone.localdate())
        numbered = held.exclude(number="").order_by("drive__session__convened_on", "number")
        for session, number in numbered.values_list("drive__session", "number"):
            yield {"session": session, "number": number}

    @staticmethod
    def _congress(session: Session, row: Row) -> Any:
        body = row.get("body")
        found = [one.congress for one in session.sittings.all() if body in (None, one.congress.body)]
        return found[0] if len(found) == 1 else None

    def check_rows(self, rows: Sequence[Row]) -> None:
        """Try the merged ones last: what they were merged into may stand further down."""
        super().check_rows(_merged_last(rows))

    def save_rows(self, rows: Sequence[Row]) -> None:
        super().save_rows(_merged_last(rows))

    def save_row(self, row: Row) -> None:
        session = self.sessions[row.values["session"]]
        congress = self._congress(session, row)
        paper, handled = self._paper(row, session, congress), self._handled(row)
        if not row.is_new:
            one = Proposal.objects.get(pk=row.pk)
            complete_proposal(proposal=one, paper=paper, handled=handled, actor=self.actor)
            return
        row.pk = record_proposal(session=session, congress=congress, paper=paper, handled=handled, actor=self.actor).pk

    def cancel_made(self, *, model: type[Model], keys: Collection[Any], why: str) -> None:
        """Annul proposals with their ratings: their steps are logged, so that they and their replies stay."""
        if model is Rating:
            void_ratings(keys=keys, actor=self.actor, why=why)
        elif model is Proposal:
            annul_proposals(proposals=Proposal.objects.filter(pk__in=keys), actor=self.actor, why=why)
        elif model is not Reply:
            super().cancel_made(model=model, keys=keys, why=why)

    def _paper(self, row: Row, session: Session, congress: Any) -> Paper:
        value, into, outcome = row.get, row.get("merged_into"), row.get("outcome")
        return Paper(
            number=value("number"),
            title=value("title"),
            outcome=Outcome.UNDECIDED if outcome == UNKNOWN else Outcome(outcome),
            author=Author(
                delegate=self.delegates.get((congress.pk, value("staff_number"))),
                delegation=self.delegations.get((congress.pk, value("delegation"))),
                words=value("author") or "",
            ),
            category=self.categories.get(value("category") or 0),
            merged_into=_standing(drive__session=session, number=into).first() if into else None,
            grounds=value("grounds") or "",
            measures=value("measures") or "",
            submitted_on=value("submitted_on"),
            decided_on=value("decided_on"),
            source=value("source") or "",
        )

    def _handled(self, row: Row) -> Handled:
        value = row.get
        return Handled(
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


def _standing(**which: Any) -> "QuerySet[Proposal]":
    return Proposal.objects.filter(**which).exclude(state=ProposalState.ANNULLED)


def _number_of(proposal: Proposal) -> str | None:
    return proposal.proposer.person.staff_number if proposal.proposer else None


def _stored(proposal: Proposal) -> dict[str, Any]:
    """Return what the register says, as a row of a list does."""
    one = proposal
    return {
        "number": one.number,
        "body": one.congress.body,
        "title": one.title,
        "grounds": one.grounds or None,
        "measures": one.measures or None,
        "category": one.category_id,
        "author": one.author_words or None,
        "delegation": one.delegation.name if one.delegation else None,
        "outcome": one.outcome or UNKNOWN,
        "merged_into": one.merged_into.number if one.merged_into else None,
        "submitted_on": timezone.localdate(one.submitted_at) if one.submitted_at else None,
        "decided_on": one.decided_on,
        "due_on": one.due_on,
        "source": one.source or None,
    }


def _handled(pks: Sequence[int]) -> dict[int, dict[str, Any]]:
    """Return by proposal who handles it, the last reply and its rating, as a row of a list says them."""
    held: dict[int, dict[str, Any]] = {pk: {"lead": None, "support": ()} for pk in pks}
    for one in Assignment.objects.filter(proposal__in=pks, ended_at=None).order_by("pk"):
        mine = held[one.proposal_id]
        if one.duty == Duty.LEAD:
            mine["lead"] = one.department_id
        else:
            mine["support"] = (*mine["support"], one.department_id)
    replies = Reply.objects.filter(proposal__in=pks, state=ReplyState.SENT).select_related("proposal")
    ratings = {one.reply_id: one for one in Rating.objects.standing().filter(reply__in=replies)}
    for reply in replies.order_by("round"):
        rating = ratings.get(reply.pk)
        held[reply.proposal_id] |= {
            "answered_on": reply.proposal.answered_on or timezone.localdate(reply.sent_at),
            "reply_kind": reply.kind,
            "promised_on": reply.promised_on,
            "reply": reply.text,
            "grade": rating.grade if rating else None,
            "words": (rating.words if rating else "") or None,
        }
    return held


def _merged_last(rows: Sequence[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: row.values.get("outcome") == Outcome.MERGED)
