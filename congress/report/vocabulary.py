"""The kinds of figure the congress counts, in which unit, and in which words their basis is told.

`congress.<kind>` counts everything, `congress.<kind>.<part>` one body, source, act, committee or award of it.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from congress.enums import AwardKind, Body, CommitteeKind, RegulationAct, SuggestionSource
from union_portal.base.figures import FigureKind

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

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

    label: "str | _StrPromise"
    unit: str
    basis: str
    parts: "Mapping[str, str | _StrPromise]" = {}


class Ratio(NamedTuple):
    """A share of proposals: the kinds added up above the line and below it."""

    label: "str | _StrPromise"
    above: tuple[str, ...]
    below: tuple[str, ...]
    basis: str


COUNTED: dict[str, Kind] = {
    "sessions": Kind(
        _("sessions of the congresses"), "次", "校级教代会、工代会会议，按召开日期计，双代会计一次", BODIES
    ),
    "branch_sessions": Kind(_("sessions of branches' congresses"), "次", "二级教代会会议，按召开日期计"),
    "agenda.heard": Kind(_("items heard"), "项", "会议议程（听取），双代会同一议题计一项"),
    "agenda.reviewed": Kind(_("items reviewed"), "项", "会议议程（审议），双代会同一议题计一项"),
    "agenda.passed": Kind(_("items passed"), "项", "会议议程（通过），双代会同一议题计一项"),
    "titles.heard": Kind(_("reports heard, each title once"), "项", "会议议程（听取），题名去年份后去重"),
    "titles.reviewed": Kind(_("reports reviewed, each title once"), "项", "会议议程（审议），题名去年份后去重"),
    "titles.passed": Kind(_("documents passed, each title once"), "项", "会议议程（通过），题名去年份后去重"),
    "proposals.collected": Kind(_("proposals collected"), "件", _PROPOSALS, BODIES),
    "proposals.merged": Kind(_("proposals merged away"), "件", _PROPOSALS, BODIES),
    "proposals.reviewed": Kind(
        _("proposals after the review"), "件", f"{_PROPOSALS}；立案、转意见建议与不予立案之和，并案不计", BODIES
    ),
    "proposals.filed": Kind(_("proposals filed"), "件", _PROPOSALS, BODIES),
    "proposals.passed_on": Kind(_("proposals passed on as suggestions"), "件", _PROPOSALS, BODIES),
    "proposals.declined": Kind(_("proposals declined"), "件", _PROPOSALS, BODIES),
    "proposals.withdrawn": Kind(_("proposals withdrawn"), "件", _PROPOSALS, BODIES),
    "proposals.undecided": Kind(
        _("proposals not yet decided on"), "件", f"{_PROPOSALS}；补录提案去向不详的不计入", BODIES
    ),
    "proposals.answered": Kind(_("proposals answered"), "件", f"{_PROPOSALS}；已送达答复的立案提案", BODIES),
    "proposals.due": Kind(
        _("answers that were due"), "件", f"{_PROPOSALS}；有办理期限且已答复或已到期的立案提案", BODIES
    ),
    "proposals.on_time": Kind(
        _("proposals answered on time"), "件", f"{_PROPOSALS}；历次答复均不晚于当时的办理期限", BODIES
    ),
    "proposals.satisfied": Kind(_("proposers satisfied"), "件", f"{_PROPOSALS}；以最后一次答复的评价为准", BODIES),
    "proposals.basically": Kind(
        _("proposers basically satisfied"), "件", f"{_PROPOSALS}；以最后一次答复的评价为准", BODIES
    ),
    "proposals.dissatisfied": Kind(
        _("proposers dissatisfied"), "件", f"{_PROPOSALS}；以最后一次答复的评价为准", BODIES
    ),
    "proposals.unrated": Kind(_("answers not rated"), "件", f"{_PROPOSALS}；最后一次答复尚无评价", BODIES),
    "suggestions": Kind(_("suggestions collected"), "条", "意见建议登记（含提案转来的），按征集日期计", SOURCES),
    "suggestions_answered": Kind(_("suggestions answered"), "条", "意见建议登记，按答复日期计"),
    "suggestions_published": Kind(_("answers published to all members"), "条", "已公开的意见建议答复，按答复日期计"),
    "suggestion_drives": Kind(_("suggestion drives"), "次", "征集活动登记，按开始日期计"),
    "inspections": Kind(_("inspections by delegates"), "次", "代表巡视登记，按开展日期计"),
    "meetings": Kind(pgettext_lazy("figure", "committee meetings"), "次", "校级委员会会议，按召开日期计", COMMITTEES),
    "documents": Kind(
        _("documents reviewed by committees"), "个", "委员会会议审议文件，按会议日期计，同名文件计一个", COMMITTEES
    ),
    "regulations": Kind(
        _("regulations adopted, revised or improved"),
        "部",
        "规章制度登记，按制定、修订或完善日期计，同一制度计一部",
        ACTS,
    ),
    "regulations_repealed": Kind(_("regulations repealed"), "部", "规章制度登记，按废止日期计"),
    "awards": Kind(_("awards for proposals"), "个", "表彰登记，按表彰日期计", AWARDS),
}
RATIOS: dict[str, Ratio] = {
    "proposals.reply_rate": Ratio(
        _("reply rate of proposals"), ("proposals.answered",), ("proposals.filed",), "已答复÷立案"
    ),
    "proposals.on_time_rate": Ratio(
        _("on-time rate of answers"), ("proposals.on_time",), ("proposals.due",), "按期答复÷已答复或已到期"
    ),
    "proposals.satisfaction_rate": Ratio(
        _("satisfaction rate of proposals"),
        ("proposals.satisfied", "proposals.basically"),
        ("proposals.satisfied", "proposals.basically", "proposals.dissatisfied"),
        "（满意＋基本满意）÷已评",
    ),
}
MANDATES = Kind(pgettext_lazy("figure", "delegates"), "人", "代表资格登记（校级，有表决权）", BODIES)


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
    """Return the label of one kind, in the reader's language."""
    return str(_LABELS.get(kind, kind))


def _with_parts(stem: str, kind: Kind, *, as_of: bool = False) -> list[FigureKind]:
    """Return the kind and its parts."""
    whole = FigureKind(f"{APP}{stem}", kind.label, kind.unit, as_of=as_of)
    parts = [
        FigureKind(f"{APP}{stem}.{key}", format_lazy("{}（{}）", kind.label, name), kind.unit, as_of=as_of)
        for key, name in kind.parts.items()
    ]
    return [whole, *parts]


KINDS = tuple(kinds())
_LABELS = {kind.key: kind.label for kind in KINDS}
