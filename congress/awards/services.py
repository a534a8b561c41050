"""Awards (优秀提案、先进承办单位): the statistics they are chosen from, and their record."""

from collections import defaultdict
from statistics import mean
from typing import Any

from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import TruncDate

from congress.awards.enums import AwardKind
from congress.awards.models import Award
from congress.departments.models import Department
from congress.handling.enums import Duty, Grade, ReplyKind, ReplyState
from congress.handling.models import Assignment, Reply
from congress.proposals.enums import FILED_STATES, SecondingState
from congress.proposals.models import Proposal
from congress.ratings.querysets import with_account
from congress.sessions.models import Session
from union_portal.accounts.models import User
from union_portal.base.errors import Refused
from union_portal.base.steps import record

# The best first; an open question stands before a bad answer.
_GRADES = {Grade.SATISFIED: "满意", Grade.BASICALLY: "基本满意", None: "—", Grade.DISSATISFIED: "不满意"}
_KINDS = (ReplyKind.DONE, ReplyKind.PLANNED, ReplyKind.CANNOT, None)
Figures = dict[str, Any]


def proposals(*, session: Session) -> dict[Proposal, Figures]:
    """Return what speaks for each filed proposal of a session, the best rated and carried out first."""
    return {
        one: {
            "答复类型": ReplyKind(one.kind).label if one.kind else "—",
            "满意度": _GRADES[one.grade],
            "答复用时（天）": _days(one),
            "附议人": one.seconders,
            "并案": one.merged_count,
        }
        for one in sorted(_filed(session), key=_response)
    }


def departments(*, session: Session) -> dict[Department, Figures]:
    """Return what speaks for each department that led or supported, the best in ratings and on time first.

    In time is who sent every reply by its deadline; the rating is that of the last reply. Who was not rated stands
    behind all who were, since nothing is known of it.
    """
    filed = {one.pk: one for one in _filed(session)}
    given: dict[Department, dict[str, list[Any]]] = defaultdict(lambda: {duty: [] for duty in Duty})
    for one in Assignment.objects.living().filter(proposal__in=filed).select_related("department"):
        given[one.department][one.duty].append(filed[one.proposal_id])
    found = {one: _work(its[Duty.LEAD], its[Duty.SUPPORT]) for one, its in given.items()}
    return dict(sorted(found.items(), key=_merit))


def standings(*, session: Session) -> dict[str, dict[Any, Figures]]:
    """Return what speaks for whom a session may honour, by kind of award."""
    return {AwardKind.PROPOSAL: proposals(session=session), AwardKind.DEPARTMENT: departments(session=session)}


def is_rated(figures: Figures) -> bool:
    """Whether anybody rated what the department led."""
    return any(figures[words] for grade, words in _GRADES.items() if grade)


def bestow(award: Award, *, actor: User | None) -> Award:
    """Record an award with the statistics of the day.

    Refused for who had no part in the session's proposals, and for a proposal that is not answered yet.
    """
    award.kind = AwardKind.PROPOSAL if award.proposal_id else AwardKind.DEPARTMENT
    statistics = standings(session=award.session)[award.kind]
    if award.honoured is not None and award.honoured not in statistics:
        words = "只能表彰本次会议立案的提案。" if award.proposal_id else "该部门没有承办本次会议的提案。"
        raise Refused(words, field=award.kind)
    if award.proposal is not None and award.proposal.pk not in answered(award.session):
        raise Refused("该提案尚未答复，答复后才能表彰。", field=award.kind)
    award.statistics, award.decided_by = statistics.get(award.honoured, {}), actor
    return record(award, actor=actor)


def answered(session: Session) -> set[int]:
    """Return the session's filed proposals that were answered."""
    return {one.pk for one in _filed(session) if one.answered}


def _filed(session: Session) -> Any:
    replies = Reply.objects.filter(proposal=OuterRef("pk"), state=ReplyState.SENT)
    leads = Assignment.objects.leads().filter(proposal=OuterRef("pk"))
    return with_account(Proposal.objects.filter(drive__session=session, state__in=FILED_STATES)).annotate(
        seconders=Count("secondings", filter=Q(secondings__state=SecondingState.ACCEPTED), distinct=True),
        merged_count=Count("merged", distinct=True),
        kind=Subquery(replies.order_by("-round").values("kind")[:1]),
        sent_on=Subquery(replies.order_by("round").values(day=TruncDate("sent_at"))[:1]),
        assigned_on=Subquery(leads.values(day=TruncDate("assigned_at"))[:1]),
    )


def _work(led: list[Any], supported: list[Any]) -> Figures:
    days = [span for span in map(_days, led) if span is not None]
    return {
        "主办": len(led),
        "协办": len(supported),
        "已答复": sum(one.answered for one in led),
        "按时答复": sum(one.answered and not one.late for one in led),
        "平均天数": round(mean(days), 1) if days else None,
        **{words: sum(one.grade == grade for one in led) for grade, words in _GRADES.items() if grade},
    }


def _days(one: Any) -> int | None:
    return max((one.sent_on - one.assigned_on).days, 0) if one.sent_on and one.assigned_on else None


def _response(one: Any) -> tuple[Any, ...]:
    return [*_GRADES].index(one.grade), _KINDS.index(one.kind), -one.merged_count, -one.seconders, one.number


def _merit(pair: tuple[Department, Figures]) -> tuple[Any, ...]:
    department, found = pair
    rated = found["满意"] + found["基本满意"] + found["不满意"]
    content = (found["满意"] + found["基本满意"] / 2) / rated if rated else 0
    share = found["按时答复"] / found["主办"] if found["主办"] else -1
    return not rated, -content, -share, found["平均天数"] is None, found["平均天数"] or 0, department.code
