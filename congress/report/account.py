"""提案工作报告: the account of one, several or a whole term's sessions' proposals, as plain data.

The same proposals are counted as in the annual report's figures; shares of categories add up to 100.0.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from django.utils import timezone

from congress.enums import Body, Duty, Grade, Outcome
from congress.models import Assignment, Proposal, ProposalReport, Session
from congress.querysets import with_account
from congress.report.reconciling import differences
from congress.report.shares import percent, shares
from members.services import union_name

Data = dict[str, Any]
NAMES = (
    *("collected", "merged", "reviewed", "filed", "passed_on", "declined", "withdrawn", "undecided"),
    *("answered", "due", "on_time", "rated", "satisfied", "basically", "dissatisfied", "unrated"),
)
_REVIEWED = {Outcome.FILED, Outcome.PASSED_ON, Outcome.DECLINED}
_GRADES = {Grade.SATISFIED: "满意", Grade.BASICALLY: "基本满意", Grade.DISSATISFIED: "不满意"}
_BODIES = {Body.STAFF: "教代会", Body.UNION: "工代会"}
UNSORTED = "未分类"
UNASSIGNED = "未交办"


def account(sessions: Iterable[Session]) -> Data:
    """Count the sessions' proposals; five queries, however many sessions and proposals there are."""
    chosen = sorted(sessions, key=lambda one: (one.convened_on, one.pk))
    proposals = _proposals(chosen)
    numbers = [names_of(one) for one in proposals]
    by_session: dict[int, Counter[str]] = {one.pk: Counter() for one in chosen}
    by_body: dict[str, Counter[str]] = {}
    for one, own in zip(proposals, numbers, strict=True):
        by_session[one.drive.session_id].update(own)
        by_body.setdefault(one.congress.body, Counter()).update(own)
    totals = _numbers(sum(by_session.values(), Counter()))
    return {
        "sessions": [
            {
                "title": one.title,
                "convened_on": one.convened_on.isoformat(),
                "numbers": _numbers(by_session[one.pk]),
            }
            for one in chosen
        ],
        "bodies": [
            {"name": name, "numbers": _numbers(by_body[body])} for body, name in _BODIES.items() if body in by_body
        ],
        "totals": totals,
        "rates": {
            name: {"numerator": above, "denominator": below, "percent": percent(above, below)}
            for name, above, below in (
                ("reply", totals["answered"], totals["filed"]),
                ("on_time", totals["on_time"], totals["due"]),
                ("satisfaction", totals["satisfied"] + totals["basically"], totals["rated"]),
            )
        },
        "categories": _categories(proposals, numbers),
        "departments": _departments(proposals, numbers),
        "filed": [_line(one) for one in proposals if one.outcome == Outcome.FILED],
        "doubts": _doubts(chosen, by_session),
    }


def names_of(one: Any) -> set[str]:
    """Return everything a proposal of `with_account` counts as."""
    found = {"collected"}
    if one.outcome == Outcome.UNDECIDED:
        return found if one.recorded else found | {"undecided"}
    found.add(str(one.outcome))
    if one.outcome in _REVIEWED:
        found.add("reviewed")
    if one.outcome != Outcome.FILED:
        return found
    if one.due_on and (one.answered or one.due_on < timezone.localdate()):
        found.add("due")
        if one.on_time:
            found.add("on_time")
    if one.answered:
        found |= {"answered", *({"rated", str(one.grade)} if one.grade else {"unrated"})}
    return found


def _proposals(sessions: Sequence[Session]) -> list[Any]:
    found = Proposal.objects.collected().filter(drive__session__in=[one.pk for one in sessions])
    related = ("drive", "congress", "category", "proposer__person", "delegation")
    return list(with_account(found).select_related(*related).order_by("drive__session__convened_on", "number", "pk"))


def _numbers(counted: Counter[str]) -> dict[str, int]:
    return {name: counted[name] for name in NAMES}


def _categories(proposals: Sequence[Any], numbers: Sequence[set[str]]) -> list[Data]:
    """Return what was collected and filed by category, in the categories' order, the unsorted ones last."""
    places = {one.category: one.category.position for one in proposals if one.category}
    order = [str(one) for one in sorted(places, key=lambda one: (places[one], one.pk))]
    names = [str(one.category) if one.category else UNSORTED for one in proposals]
    order += [UNSORTED] if UNSORTED in names else []
    collected = Counter(names)
    filed = Counter(name for name, own in zip(names, numbers, strict=True) if "filed" in own)
    collected_shares = shares([collected[name] for name in order])
    filed_shares = shares([filed[name] for name in order])
    return [
        {
            "name": name,
            "collected": collected[name],
            "collected_share": str(collected_shares[place]),
            "filed": filed[name],
            "filed_share": str(filed_shares[place]),
        }
        for place, name in enumerate(order)
    ]


def _departments(proposals: Sequence[Any], numbers: Sequence[set[str]]) -> list[Data]:
    """Return what each department led and supported, by how much it led; what nobody leads yet last."""
    led: dict[str, Counter[str]] = {}
    for one, own in zip(proposals, numbers, strict=True):
        if "filed" in own:
            led.setdefault(one.lead or UNASSIGNED, Counter()).update({"led": 1} | dict.fromkeys(own, 1))
    supporting = Assignment.objects.filter(
        ended_at__isnull=True,
        duty=Duty.SUPPORT,
        proposal__in=[one.pk for one in proposals if one.outcome == Outcome.FILED],
    )
    supported = Counter(supporting.values_list("department__name", flat=True))
    wanted = ("answered", "due", "on_time", "satisfied", "basically", "dissatisfied", "unrated")
    names = sorted({*led, *supported}, key=lambda name: (name == UNASSIGNED, -led.get(name, Counter())["led"], name))
    return [
        {
            "name": name,
            "led": led.get(name, Counter())["led"],
            "supported": supported[name],
            **{key: led.get(name, Counter())[key] for key in wanted},
        }
        for name in names
    ]


def _line(one: Any) -> Data:
    author = str(one.proposer) if one.proposer else str(one.delegation or "") if one.as_body else one.author_words
    return {
        "number": one.number,
        "body": _BODIES[one.congress.body],
        "title": one.title,
        "author": author or one.author_words,
        "category": str(one.category) if one.category else UNSORTED,
        "lead": one.lead or UNASSIGNED,
        "answered_on": one.replied_on.isoformat() if one.answered and one.replied_on else None,
        "grade": _GRADES.get(one.grade, "未评" if one.answered else "未答复"),
    }


def _doubts(sessions: Sequence[Session], by_session: dict[int, Counter[str]]) -> list[Data]:
    """Return what does not add up, session by session, with the drive's own explanation."""
    return [
        {
            "drive": one.drive.pk,
            "text": f"{one.title}：{text}",
            "explanation": one.drive.reconciliation,
        }
        for one in sessions
        if by_session[one.pk]
        for _whole, _apart, text in differences(_numbers(by_session[one.pk]))
    ]


def report_data(report: ProposalReport) -> Data:
    """Return a report's account with its title and who signs it."""
    found = account(report.sessions.select_related("drive"))
    return {"title": report.title, "signer": report.signer or union_name()} | found
