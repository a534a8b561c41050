"""提案工作报告: the account of one, several or a whole term's sessions' proposals, as plain data.

The same proposals and the same totals without forms (往年数据补录) count as in the annual report's figures; shares of
categories add up to 100.0.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db.models import Count, Q

from congress.bodies.enums import Body
from congress.handling.enums import Duty, Grade, ReplyKind, ReplyState
from congress.handling.models import Assignment, Reply
from congress.proposal_reports.models import ProposalReport
from congress.proposal_reports.report.counts import Counts, numbers_of
from congress.proposal_reports.report.totals import read_totals, told
from congress.proposals.enums import Outcome, ProposalState
from congress.proposals.models import Proposal
from congress.ratings.querysets import ACCOUNT_NAMES, names_of
from congress.ratings.querysets import counted as with_names
from congress.ratings.report.reconciling import differences
from congress.sessions.models import Session
from congress.suggestions.enums import SuggestionState
from congress.suggestions.models import Suggestion
from members.branches.services.tree import signatory
from members.totals.models import SummaryRecord
from union_portal.base.errors import Refused
from union_portal.base.figures.wording import rate
from union_portal.base.money import shares

Data = dict[str, Any]
_GRADES = {Grade.SATISFIED: "满意", Grade.BASICALLY: "基本满意", Grade.DISSATISFIED: "不满意"}
_BODIES = {Body.STAFF: "教代会", Body.UNION: "工代会"}
UNSORTED = "未分类"
UNASSIGNED = "未交办"
UNSEEN = "往年数据补录（无明细）"


def account(sessions: Iterable[Session]) -> Data:
    """Count the sessions' proposals; nine queries however many there are, two more with totals."""
    chosen = sorted(sessions, key=lambda one: (one.convened_on, one.pk))
    proposals = _proposals(chosen)
    numbers = [names_of(one) for one in proposals]
    totals = read_totals(chosen, ACCOUNT_NAMES)
    counts = Counts(chosen, totals.counted)
    for one, own in zip(proposals, numbers, strict=True):
        counts.add(own, session=one.drive.session_id, body=one.congress.body)
    whole = numbers_of(counts.whole)
    return {
        "sessions": [
            {
                "title": one.title,
                "convened_on": one.convened_on.isoformat(),
                "numbers": numbers_of(counts.by_session[one.pk]),
                "summary": one.pk in counts.with_totals,
            }
            for one in chosen
        ],
        "spans": [{"title": title, "numbers": numbers_of(own)} for title, own in counts.spans.items()],
        "bodies": [
            {"name": name, "numbers": numbers_of(counts.by_body[body])}
            for body, name in _BODIES.items()
            if body in counts.by_body and counts.bodies_known
        ],
        "totals": whole,
        "summaries": [told(one) for one in totals.counted],
        "left_out": list(totals.left_out),
        "rates": {
            name: _rate(above, below, totals.rates.get(name))
            for name, above, below in (
                ("reply", whole["answered"], whole["filed"]),
                ("on_time", whole["on_time"], whole["due"]),
                ("satisfaction", whole["satisfied"] + whole["basically"], whole["rated"]),
            )
        },
        "categories": _categories(proposals, numbers, whole),
        "departments": _departments(proposals, numbers, whole),
        "answers": _answers(proposals),
        "advice": _advice(chosen),
        "filed": [_line(one) for one in proposals if one.outcome == Outcome.FILED],
        "doubts": _doubts(chosen, counts),
    }


def _proposals(sessions: Sequence[Session]) -> list[Any]:
    found = Proposal.objects.collected().filter(drive__session__in=[one.pk for one in sessions])
    related = ("drive", "congress", "category", "proposer__person", "delegation")
    return list(with_names(found).select_related(*related).order_by("drive__session__convened_on", "number", "pk"))


def _categories(proposals: Sequence[Any], numbers: Sequence[set[str]], whole: dict[str, int]) -> list[Data]:
    """Return what was collected and filed by category, in the categories' order, then the unsorted and the unseen."""
    places = {one.category: one.category.position for one in proposals if one.category}
    order = [str(one) for one in sorted(places, key=lambda one: (places[one], one.pk))]
    names = [str(one.category) if one.category else UNSORTED for one in proposals]
    order += [UNSORTED] if UNSORTED in names else []
    collected = Counter(names)
    filed = Counter(name for name, own in zip(names, numbers, strict=True) if "filed" in own)
    for counted, name in ((collected, "collected"), (filed, "filed")):
        if (unseen := whole[name] - counted.total()) > 0:
            counted[UNSEEN] = unseen
    order += [UNSEEN] if collected[UNSEEN] or filed[UNSEEN] else []
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


def _departments(proposals: Sequence[Any], numbers: Sequence[set[str]], whole: dict[str, int]) -> list[Data]:
    """Return what each department led and supported, by how much it led; what nobody leads or saw last."""
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
    told_apart: Counter[str] = sum(led.values(), Counter())
    unseen = Counter({name: whole[name] - told_apart[name] for name in wanted})
    unseen["led"] = whole["filed"] - told_apart["led"]
    if +unseen:
        led[UNSEEN] = +unseen
        names.append(UNSEEN)
    return [
        {
            "name": name,
            "led": led.get(name, Counter())["led"],
            "supported": supported[name],
            **{key: led.get(name, Counter())[key] for key in wanted},
            # In time is nothing to be said of where no answer was due by a day.
            **({} if led.get(name, Counter())["due"] else {"on_time": None}),
        }
        for name in names
    ]


def _answers(proposals: Sequence[Any]) -> dict[str, int]:
    """Return how many filed proposals were answered in which way, each by its last reply; one query."""
    answered = [one.pk for one in proposals if one.outcome == Outcome.FILED and one.answered]
    replies = Reply.objects.filter(proposal__in=answered, state=ReplyState.SENT).order_by("round")
    counted = Counter(dict(replies.values_list("proposal_id", "kind")).values())
    return {str(kind): counted[kind] for kind in ReplyKind}


def _advice(sessions: Sequence[Session]) -> dict[str, int]:
    """Return what came as advice: proposals passed on or late, and suggestions of the sessions; two queries."""
    given = Proposal.objects.advice().filter(drive__session__in=sessions)
    turned = given.aggregate(
        late=Count("pk", filter=Q(outcome=Outcome.LATE)),
        answered=Count("pk", filter=Q(state=ProposalState.ADVISED)),
    )
    own = Suggestion.objects.standing().filter(session__in=sessions)
    heard = own.aggregate(suggestions=Count("pk"), answered=Count("pk", filter=Q(state=SuggestionState.ANSWERED)))
    answered = turned["answered"] + heard["answered"]
    return {"late": turned["late"], "suggestions": heard["suggestions"], "answered": answered}


def _line(one: Any) -> Data:
    """Return a filed proposal as a line; people by name alone, as the congress is told."""
    proposer = one.proposer.person.name if one.proposer else ""
    author = proposer or (str(one.delegation or "") if one.as_body else one.author_words)
    return {
        "proposal": one.pk,
        "number": one.number,
        "body": _BODIES[one.congress.body],
        "title": one.title,
        "author": author or one.author_words,
        "category": str(one.category) if one.category else UNSORTED,
        "lead": one.lead or UNASSIGNED,
        "answered_on": one.replied_on.isoformat() if one.answered and one.replied_on else None,
        "grade": _GRADES.get(one.grade, "未评" if one.answered else "未答复"),
    }


def _doubts(sessions: Sequence[Session], counts: Counts) -> list[Data]:
    """Return what does not add up, session by session, with the drive's explanation; a span has its last session's."""
    parts = [(one.drive, one.title, counts.by_session[one.pk]) for one in sessions]
    drives = {one.pk: one.drive for one in sessions}
    parts += [(drives[counts.last_of[title]], title, own) for title, own in counts.spans.items()]
    names_told = {one.name for one in counts.totals}
    return [
        {"drive": drive.pk, "text": f"{title}：{text}", "explanation": drive.reconciliation}
        for drive, title, own in parts
        if own
        for _whole, _apart, text in differences(numbers_of(own), names_told)
    ]


def unexplained(data: Data) -> list[str]:
    """Return what does not add up in an account and nobody has explained."""
    return [one["text"] for one in data["doubts"] if not one["explanation"]]


def refuse_unexplained(data: Data) -> None:
    """Refuse to print an account with differences nobody has explained, also those that came up since."""
    if left := unexplained(data):
        raise Refused("请先说明以下各项：{doubts}".format(doubts="；".join(left)))


def report_data(report: ProposalReport) -> Data:
    """Return a report's account with its title and who signs it."""
    found = account(report.sessions.select_related("drive"))
    words = {
        "title": report.title,
        "signer": report.signer or signatory(),
        "before": report.before,
        "after": report.after,
        "cases": _cases(report),
    }
    return words | found


def _cases(report: ProposalReport) -> list[Data]:
    """Return the proposals told as examples, with their words."""
    told = report.cases.select_related("proposal").annotate(lead=Assignment.objects.lead_names("proposal"))
    return [
        {
            "proposal": one.proposal_id,
            "number": one.proposal.number,
            "title": one.proposal.title,
            "lead": one.lead or "",
            "words": one.words,
        }
        for one in told
    ]


def _rate(above: int, below: int, told: SummaryRecord | None) -> Data:
    """Return a rate with its sides, or as a total gives it: then without sides that do not come to it."""
    percent = _percent(above, below)
    if told is None or told.share is None:
        return {"numerator": above, "denominator": below, "percent": percent}
    fits = below and Decimal(percent[:-1]) == round(told.share, 1)
    said = rate({"share": told.share, "approximations": {"share": told.word_of("share")}})
    return {"numerator": above if fits else None, "denominator": below if fits else None, "percent": said}


def _percent(part: int, whole: int) -> str:
    """Return a ratio in per cent with one decimal, rounded half up; a dash where there is nothing to divide by."""
    if not whole:
        return "—"
    return f"{(Decimal(part) * 100 / Decimal(whole)).quantize(Decimal('0.1'), rounding=ROUND_HALF_UP)}%"
