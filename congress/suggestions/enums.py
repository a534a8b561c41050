"""Where suggestions come from, and their states with their moves."""

from django.db import models

from union_portal.base.states import Machine, Move


class SuggestionSource(models.TextChoices):
    """Where a suggestion (意见建议) came from."""

    DISCUSSION = "discussion", "分组讨论"
    LATE = "late", "逾期提案"
    PASSED_ON = "passed_on", "提案转来"
    DRIVE = "drive", "金点子征集"
    LETTER = "letter", "来信来访"


class SuggestionState(models.TextChoices):
    COLLECTED = "collected", "已收集"
    SENT = "sent", "部门办理中"
    ANSWERED = "answered", "已答复"
    SET_ASIDE = "set_aside", "留存备查"


SUGGESTION_MACHINE = Machine(
    name="congress.suggestion",
    initial=[SuggestionState.COLLECTED, SuggestionState.ANSWERED],
    moves=[
        Move("send", SuggestionState.COLLECTED, SuggestionState.SENT, "转交部门"),
        Move("take_back", SuggestionState.SENT, SuggestionState.COLLECTED, "从部门收回"),
        Move("answer", SuggestionState.SENT, SuggestionState.ANSWERED, "书面答复"),
        Move("answer", SuggestionState.COLLECTED, SuggestionState.ANSWERED, "书面答复"),
        Move("set_aside", SuggestionState.COLLECTED, SuggestionState.SET_ASIDE, "留存备查"),
    ],
)
