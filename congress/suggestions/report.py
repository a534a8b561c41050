"""The figures of suggestions; what was passed on or came late is counted beside, for it stayed a proposal."""

from django.db.models import Q
from django.db.models.functions import TruncDate

from congress.proposals.enums import ProposalState
from congress.proposals.models import Proposal
from congress.suggestions.enums import SuggestionState
from congress.suggestions.models import Suggestion, SuggestionDrive
from union_portal.base.figures.kind import Kind

_ADVICE = Proposal.objects.advice().annotate(collected_on=TruncDate("submitted_at"))
_ALL = Suggestion.objects.standing()
_COLUMNS = ("collected_on", "title", "department", "answered_on")
_ANSWERED = Q(state=SuggestionState.ANSWERED)

KINDS = [
    Kind(
        "congress.suggestions",
        "征集意见建议",
        unit="条",
        records=_ALL,
        day="collected_on",
        part="source",
        columns=_COLUMNS,
        basis="意见建议登记（含提案转来的），按征集日期计",
        beside=(Kind("", "提案转来的意见建议", unit="条", records=_ADVICE, day="collected_on", part="outcome"),),
    ),
    Kind(
        "congress.suggestions_answered",
        "已答复意见建议",
        unit="条",
        records=_ALL,
        where=_ANSWERED,
        day="answered_on",
        columns=_COLUMNS,
        basis="意见建议登记，按答复日期计",
        beside=(
            Kind(
                "",
                "提案转来的意见建议",
                unit="条",
                records=_ADVICE,
                where=Q(state=ProposalState.ADVISED),
                day="answered_on",
            ),
        ),
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
        columns=("title", "opens_on", "closes_on"),
        basis="征集活动登记，按开始日期计",
    ),
]
