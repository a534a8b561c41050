"""What must add up in an account of proposals, and the words for what does not."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from django.db.models import Count, Q

from congress.drives.models import ProposalDrive
from congress.proposals.enums import Outcome
from congress.ratings.report.kinds import STEM
from union_portal.base.figures import Figure, FigureRequest, Mismatch, source_of
from union_portal.base.periods import Period

# (what was counted, the parts it should be the sum of)
SUMS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("collected", ("filed", "passed_on", "declined", "merged", "withdrawn", "undecided")),
    ("reviewed", ("filed", "passed_on", "declined")),
    ("answered", ("satisfied", "basically", "dissatisfied", "unrated")),
)
WORDS = {"collected": "征集提案", "reviewed": "审查确定", "answered": "已答复"} | {
    "filed": "立案",
    "passed_on": "转意见建议",
    "declined": "不予立案",
    "merged": "并案",
    "withdrawn": "撤回",
    "undecided": "待定",
    "satisfied": "满意",
    "basically": "基本满意",
    "dissatisfied": "不满意",
    "unrated": "未评",
}
_WANTED = tuple(dict.fromkeys(name for whole, parts in SUMS for name in (whole, *parts)))
LOST = Q(proposals__outcome=Outcome.UNDECIDED, proposals__recorded=True, proposals__submitted_at__isnull=False)


def differences(numbers: Mapping[str, int], totals: Collection[str] = ()) -> Iterable[tuple[str, int, str]]:
    """Return (what, by how many, in words) for every sum that does not come out.

    `totals` are the names of which a total without forms tells. Where totals tell of one side only, there is nothing to
    compare: the other is unknown, not zero.
    """
    for whole, parts in SUMS:
        total = sum(numbers[part] for part in parts)
        apart = numbers[whole] - total
        known = numbers[whole] or whole in totals, total or any(part in totals for part in parts)
        if apart and (all(known) or not {whole, *parts} & set(totals)):
            terms = "＋".join(f"{WORDS[part]}{numbers[part]}件" for part in parts if numbers[part]) or "各项0件"
            more = f"{apart}件去向不详" if whole == "collected" and apart > 0 else f"相差{abs(apart)}件"
            yield whole, apart, f"{WORDS[whole]}{numbers[whole]}件，与{terms}之和{total}件不符，{more}"


def mismatches(counted: Sequence[Figure]) -> Iterable[Mismatch]:
    """Return what does not add up among the proposals of the periods asked for; two queries, three with a drive.

    What a drive's own explanation covers is explained already.
    """
    kinds = {f"{STEM}{name}" for name in _WANTED}
    periods = list(dict.fromkeys(one.period for one in counted if one.period and one.kinds[0] in kinds and one.times))
    if not periods:
        return
    requests = [FigureRequest(f"{STEM}{name}", (f"{STEM}{name}",), period) for period in periods for name in _WANTED]
    figures = list(source_of(STEM).count(requests))
    for place, period in enumerate(periods):
        own = figures[place * len(_WANTED) : (place + 1) * len(_WANTED)]
        numbers = {name: figure.times or 0 for name, figure in zip(_WANTED, own, strict=True)}
        totals = {name for name, figure in zip(_WANTED, own, strict=True) if figure.summary}
        for whole, apart, text in differences(numbers, totals):
            known = _known(period, apart) if whole == "collected" else ""
            yield Mismatch(f"{STEM}{whole}", text, known[:300])


def _known(period: Period, apart: int) -> str:
    """Return the drives' own explanations when they account for the whole difference."""
    drives = (
        ProposalDrive.objects.filter(session__convened_on__range=(period.start, period.end))
        .annotate(lost=Count("proposals", filter=LOST & Q(proposals__congress__branch__isnull=True)))
        .filter(lost__gt=0)
        .order_by("session__convened_on")
        .values_list("lost", "reconciliation", "session__title")
    )
    found = list(drives)
    if sum(lost for lost, _words, _title in found) != apart or not all(words for _lost, words, _title in found):
        return ""
    return "；".join(words for _lost, words, _title in found)
