"""The figures of suggestions; what was passed on or came late is counted beside and apart, for it stayed a proposal."""

from typing import Any

from django.db.models import Q

from congress.proposals.enums import Outcome, ProposalState
from congress.proposals.models import Proposal
from congress.suggestions.enums import SuggestionState
from congress.suggestions.models import Suggestion, SuggestionDrive
from union_portal.base.figures.kind import Kind

_ADVICE = Proposal.objects.advice()
_ALL = Suggestion.objects.standing()
_COLUMNS = ("collected_on", "title", "department", "answered_on")
_ANSWERED = Q(state=SuggestionState.ANSWERED)
# A proposal handed in in December for a session in January is of the session's year, whatever became of it.
_PASSED_ON: dict[str, Any] = {
    "unit": "条",
    "records": _ADVICE,
    "day": "drive__session__convened_on",
    "part": "outcome",
    "parts": {one.value: one.label for one in (Outcome.PASSED_ON, Outcome.LATE)},
    "columns": ("number", "title", "drive__session__title", "outcome", "answered_on"),
}
_ADVISED: dict[str, Any] = {**_PASSED_ON, "where": Q(state=ProposalState.ADVISED), "day": "answered_on"}
_COLLECTED: dict[str, Any] = {
    "unit": "条",
    "records": _ALL,
    "day": "collected_on",
    "part": "source",
    "columns": _COLUMNS,
}
_REPLIED: dict[str, Any] = {**_COLLECTED, "where": _ANSWERED, "day": "answered_on"}

KINDS = [
    Kind(
        "congress.suggestions",
        "征集意见建议",
        basis="意见建议登记，按征集日期计；提案转来的，按所属会议召开日期计",
        beside=(Kind("", "提案转来的意见建议", **_PASSED_ON),),
        **_COLLECTED,
    ),
    Kind(
        "congress.suggestions_direct",
        "直接征集的意见建议",
        basis="意见建议登记（不含提案转来的），按征集日期计",
        inside=("congress.suggestions",),
        **_COLLECTED,
    ),
    Kind(
        "congress.suggestions_passed_on",
        "由提案转来的意见建议",
        basis="转为意见建议及逾期提交的提案，按所属会议召开日期计",
        inside=("congress.suggestions",),
        **_PASSED_ON,
    ),
    Kind(
        "congress.suggestions_answered",
        "已答复意见建议",
        basis="意见建议登记（含提案转来的），按答复日期计",
        beside=(Kind("", "提案转来的意见建议", **_ADVISED),),
        **_REPLIED,
    ),
    Kind(
        "congress.suggestions_direct_answered",
        "已答复的直接征集的意见建议",
        basis="意见建议登记（不含提案转来的），按答复日期计",
        inside=("congress.suggestions_answered",),
        **_REPLIED,
    ),
    Kind(
        "congress.suggestions_passed_on_answered",
        "已答复的由提案转来的意见建议",
        basis="转为意见建议及逾期提交的提案，按答复日期计",
        inside=("congress.suggestions_answered",),
        **_ADVISED,
    ),
    Kind(
        "congress.suggestions_published",
        "已公开答复的意见建议",
        unit="条",
        records=_ALL,
        where=_ANSWERED & Q(published=True),
        day="answered_on",
        columns=_COLUMNS,
        basis="已公开的意见建议答复，按答复日期计",
    ),
    Kind(
        "congress.suggestion_drives",
        "金点子征集",
        unit="次",
        records=SuggestionDrive.objects.all(),
        day="opens_on",
        title="title",
        columns=("title", "opens_on", "closes_on"),
        basis="征集活动登记，按开始日期计",
    ),
]
