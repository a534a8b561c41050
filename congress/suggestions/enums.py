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
    ANNULLED = "annulled", "已作废"


_S = SuggestionState
_SENT, _ANSWERED = ("department", "due_on"), ("answer", "reply_kind", "published")
SUGGESTION_MACHINE = Machine(
    name="congress.suggestion",
    # Lists of past ones bring them where they stood.
    initial=[_S.COLLECTED, _S.SENT, _S.ANSWERED],
    moves=[
        Move("send", _S.COLLECTED, _S.SENT, "转交部门", fields=_SENT, required=_SENT),
        Move("answer", _S.SENT, _S.ANSWERED, "书面答复", fields=_ANSWERED, required=("answer",)),
        Move("answer", _S.COLLECTED, _S.ANSWERED, "书面答复", fields=_ANSWERED, required=("answer",)),
        Move("take_back", _S.SENT, _S.COLLECTED, "从部门收回", why=True),
        Move("set_aside", _S.COLLECTED, _S.SET_ASIDE, "留存备查", why=True),
        # Brought by a list that was taken back.
        *(Move("annul", state, _S.ANNULLED, "作废", why=True) for state in (_S.COLLECTED, _S.SENT, _S.ANSWERED)),
    ],
)
OPEN = (_S.COLLECTED, _S.SENT)
