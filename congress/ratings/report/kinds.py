"""The figures of proposals: how many count as what, by the day their session was convened, and the rates."""

from congress.proposals.models import Proposal
from congress.ratings.querysets import COUNTED_AS, with_account
from union_portal.base.figures.kind import Kind, Ratio

STEM = "congress.proposals."
_BASIS = "提案登记，按所属会议召开日期计"
_LAST = "以最后一次答复为准"
_RATED = "以最后一次答复的评价为准"
# What each is called, and what its basis adds.
_CALLED = {
    "collected": ("征集提案", ""),
    "merged": ("并案提案", ""),
    "reviewed": ("审查确定的提案", "立案、转意见建议与不予立案之和，并案不计"),
    "filed": ("立案提案", ""),
    "filed_before_merging": ("并案前立案的提案", "立案的与并入立案提案的"),
    "passed_on": ("转为意见建议的提案", ""),
    "declined": ("不予立案的提案", ""),
    "withdrawn": ("撤回的提案", ""),
    "undecided": ("待审查的提案", "补录提案去向不详的不计入"),
    "answered": ("已答复提案", "已送达答复的立案提案"),
    "due": ("应答复提案", "有办理期限且已答复或已到期的立案提案"),
    "on_time": ("按期答复提案", "历次答复均不晚于当时的办理期限"),
    "solved": ("答复为已解决的提案", _LAST),
    "planned": ("答复为列入计划的提案", _LAST),
    "cannot": ("答复为暂不能采纳的提案", _LAST),
    "satisfied": ("提案评价满意", _RATED),
    "basically": ("提案评价基本满意", _RATED),
    "dissatisfied": ("提案评价不满意", _RATED),
    "unrated": ("提案未评价", "最后一次答复尚无评价"),
}
_COLLECTED = with_account(Proposal.objects.collected())
_COLUMNS = ("number", "title", "drive__session__title", "category__name", "lead", "due_on", "replied_on", "grade")


def _rate(name: str, label: str, above: tuple[str, ...], below: tuple[str, ...], basis: str) -> Ratio:
    sides = [tuple(STEM + one for one in side) for side in (above, below)]
    return Ratio(STEM + name, label, above=sides[0], below=sides[1], basis=basis)


KINDS: list[Kind | Ratio] = [
    Kind(
        STEM + name,
        label,
        unit="件",
        records=_COLLECTED,
        where=COUNTED_AS[name],
        day="drive__session__convened_on",
        part="congress__body",
        sort="category__name",
        owner="congress__branch",
        columns=_COLUMNS,
        basis=f"{_BASIS}；{more}" if more else _BASIS,
    )
    for name, (label, more) in _CALLED.items()
]
KINDS += [
    _rate("reply_rate", "提案答复率", ("answered",), ("filed",), "已答复÷立案"),
    _rate("on_time_rate", "提案按期答复率", ("on_time",), ("due",), "按期答复÷已答复或已到期"),
    _rate(
        "satisfaction_rate",
        "提案满意率",
        ("satisfied", "basically"),
        ("satisfied", "basically", "dissatisfied"),
        "（满意＋基本满意）÷已评",
    ),
]
