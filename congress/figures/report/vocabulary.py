"""The kinds of figure the congress counts, in which unit, and in which words their basis is told.

`congress.<kind>` counts everything, `congress.<kind>.<part>` one body, source, act, committee or award of it.
"""

from collections.abc import Mapping
from typing import NamedTuple

from congress.awards.enums import AwardKind
from congress.bodies.enums import Body
from congress.committees.enums import CommitteeKind
from congress.regulations.enums import RegulationAct
from congress.suggestions.enums import SuggestionSource
from union_portal.base.figures import FigureKind

APP = "congress."
DELEGATES = "delegates"
BODIES = {str(body.value): body.label for body in Body}
SOURCES = {str(source.value): source.label for source in SuggestionSource}
ACTS = {str(act.value): act.label for act in RegulationAct if act != RegulationAct.REPEALED}
COMMITTEES = {str(kind.value): kind.label for kind in CommitteeKind}
AWARDS = {str(kind.value): kind.label for kind in AwardKind}
_PROPOSALS = "校级提案登记，按所属会议召开日期计"


class Kind(NamedTuple):
    """One kind: its label, unit, basis in Chinese, and the parts that are counted apart too."""

    label: str
    unit: str
    basis: str
    parts: Mapping[str, str] = {}


class Ratio(NamedTuple):
    """A share of proposals: the kinds added up above the line and below it."""

    label: str
    above: tuple[str, ...]
    below: tuple[str, ...]
    basis: str


COUNTED: dict[str, Kind] = {
    "sessions": Kind("教代会、工代会会议", "次", "校级教代会、工代会会议，按召开日期计，双代会计一次", BODIES),
    "branch_sessions": Kind("二级教代会会议", "次", "二级教代会会议，按召开日期计"),
    "agenda.heard": Kind("听取事项", "项", "会议议程（听取），双代会同一议题计一项"),
    "agenda.reviewed": Kind("审议事项", "项", "会议议程（审议），双代会同一议题计一项"),
    "agenda.passed": Kind("审议通过事项", "项", "会议议程（通过），双代会同一议题计一项"),
    "titles.heard": Kind("听取报告种类", "项", "会议议程（听取），题名去年份后去重"),
    "titles.reviewed": Kind("审议报告种类", "项", "会议议程（审议），题名去年份后去重"),
    "titles.passed": Kind("审议通过文件种类", "项", "会议议程（通过），题名去年份后去重"),
    "proposals.collected": Kind("征集提案", "件", _PROPOSALS, BODIES),
    "proposals.merged": Kind("并案提案", "件", _PROPOSALS, BODIES),
    "proposals.reviewed": Kind(
        "审查确定的提案", "件", f"{_PROPOSALS}；立案、转意见建议与不予立案之和，并案不计", BODIES
    ),
    "proposals.filed": Kind("立案提案", "件", _PROPOSALS, BODIES),
    "proposals.passed_on": Kind("转为意见建议的提案", "件", _PROPOSALS, BODIES),
    "proposals.declined": Kind("不予立案的提案", "件", _PROPOSALS, BODIES),
    "proposals.withdrawn": Kind("撤回的提案", "件", _PROPOSALS, BODIES),
    "proposals.undecided": Kind("待审查的提案", "件", f"{_PROPOSALS}；补录提案去向不详的不计入", BODIES),
    "proposals.answered": Kind("已答复提案", "件", f"{_PROPOSALS}；已送达答复的立案提案", BODIES),
    "proposals.due": Kind("应答复提案", "件", f"{_PROPOSALS}；有办理期限且已答复或已到期的立案提案", BODIES),
    "proposals.on_time": Kind("按期答复提案", "件", f"{_PROPOSALS}；历次答复均不晚于当时的办理期限", BODIES),
    "proposals.satisfied": Kind("提案评价满意", "件", f"{_PROPOSALS}；以最后一次答复的评价为准", BODIES),
    "proposals.basically": Kind("提案评价基本满意", "件", f"{_PROPOSALS}；以最后一次答复的评价为准", BODIES),
    "proposals.dissatisfied": Kind("提案评价不满意", "件", f"{_PROPOSALS}；以最后一次答复的评价为准", BODIES),
    "proposals.unrated": Kind("提案未评价", "件", f"{_PROPOSALS}；最后一次答复尚无评价", BODIES),
    "suggestions": Kind("征集意见建议", "条", "意见建议登记（含提案转来的），按征集日期计", SOURCES),
    "suggestions_answered": Kind("已答复意见建议", "条", "意见建议登记，按答复日期计"),
    "suggestions_published": Kind("已公开答复的意见建议", "条", "已公开的意见建议答复，按答复日期计"),
    "suggestion_drives": Kind("金点子征集", "次", "征集活动登记，按开始日期计"),
    "inspections": Kind("代表巡视次数", "次", "代表巡视登记，按开展日期计"),
    "meetings": Kind("委员会会议次数", "次", "校级委员会会议，按召开日期计", COMMITTEES),
    "documents": Kind("委员会审议文件", "个", "委员会会议审议文件，按会议日期计，同名文件计一个", COMMITTEES),
    "regulations": Kind(
        "制定、修订、完善的规章制度",
        "部",
        "规章制度登记，按制定、修订或完善日期计，同一制度计一部",
        ACTS,
    ),
    "regulations_repealed": Kind("废止的规章制度", "部", "规章制度登记，按废止日期计"),
    "awards": Kind("提案表彰", "个", "表彰登记，按表彰日期计", AWARDS),
}
RATIOS: dict[str, Ratio] = {
    "proposals.reply_rate": Ratio("提案答复率", ("proposals.answered",), ("proposals.filed",), "已答复÷立案"),
    "proposals.on_time_rate": Ratio(
        "提案按期答复率", ("proposals.on_time",), ("proposals.due",), "按期答复÷已答复或已到期"
    ),
    "proposals.satisfaction_rate": Ratio(
        "提案满意率",
        ("proposals.satisfied", "proposals.basically"),
        ("proposals.satisfied", "proposals.basically", "proposals.dissatisfied"),
        "（满意＋基本满意）÷已评",
    ),
}
MANDATES = Kind("教代会、工代会代表", "人", "代表资格登记（校级，有表决权）", BODIES)


def split(kind: str) -> tuple[str, str]:
    """Return a kind's stem without the app, and the part it is narrowed to or nothing."""
    stem = kind.removeprefix(APP)
    if stem in COUNTED or stem in RATIOS or stem == DELEGATES:
        return stem, ""
    head, _dot, part = stem.rpartition(".")
    return head, part


def kinds() -> list[FigureKind]:
    """Return every kind, each followed by its parts."""
    found = [*_with_parts(DELEGATES, MANDATES, as_of=True)]
    for stem, kind in COUNTED.items():
        found += _with_parts(stem, kind)
    for stem, ratio in RATIOS.items():
        found += _with_parts(stem, Kind(ratio.label, "%", ratio.basis, BODIES))
    return found


def label(kind: str) -> str:
    """Return the label of one kind."""
    return str(_LABELS.get(kind, kind))


def _with_parts(stem: str, kind: Kind, *, as_of: bool = False) -> list[FigureKind]:
    """Return the kind and its parts."""
    whole = FigureKind(f"{APP}{stem}", kind.label, kind.unit, as_of=as_of)
    parts = [
        FigureKind(f"{APP}{stem}.{key}", f"{kind.label}（{name}）", kind.unit, as_of=as_of)
        for key, name in kind.parts.items()
    ]
    return [whole, *parts]


KINDS = tuple(kinds())
_LABELS = {kind.key: kind.label for kind in KINDS}
