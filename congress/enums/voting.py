"""Words of ballots, elections and surveys, with their tables of moves."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from union_portal.base.states import Machine, Move


class BallotMethod(models.TextChoices):
    HANDS = "hands", _("show of hands")
    PAPER = "paper", _("voting papers")


class BallotState(models.TextChoices):
    """The counting sheet (计票单) is entered once and confirmed by the scrutineer; then nobody changes it."""

    OPEN = "open", pgettext_lazy("ballot", "open")
    COUNTED = "counted", _("counted, waiting for the scrutineer")
    CONFIRMED = "confirmed", _("confirmed")
    VOIDED = "voided", _("voided")


def _counting(name: str, *more: Move) -> Machine:
    """Begin open, or confirmed where a count of before the portal is recorded; only such a one is voided afterwards."""
    return Machine(
        name=name,
        initial=[BallotState.OPEN, BallotState.CONFIRMED],
        moves=[
            Move("enter", BallotState.OPEN, BallotState.COUNTED, _("Enter the counting sheet")),
            Move("send_back", BallotState.COUNTED, BallotState.OPEN, _("Have it counted again")),
            Move("confirm", BallotState.COUNTED, BallotState.CONFIRMED, _("Confirm the counting sheet")),
            Move("void", BallotState.OPEN, BallotState.VOIDED, _("Void")),
            Move("void", BallotState.COUNTED, BallotState.VOIDED, _("Void")),
            Move("void", BallotState.CONFIRMED, BallotState.VOIDED, _("Void")),
            *more,
        ],
    )


BALLOT_MACHINE = _counting("congress.ballot")
ELECTION_MACHINE = _counting(
    "congress.election",
    Move("leave_open", BallotState.CONFIRMED, BallotState.CONFIRMED, _("Leave the open seats vacant")),
)


class BallotResult(models.TextChoices):
    CARRIED = "carried", _("carried")
    LOST = "lost", _("lost")


class SurveyKind(models.TextChoices):
    """What people are asked about."""

    SESSION = "session", _("satisfaction with the session")
    UNION = "union", _("members assess their union")
    SATISFACTION = "satisfaction", _("satisfaction survey")
    APPRAISAL = "appraisal", _("appraisal of leaders")


class SurveyState(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("survey", "draft")
    OPEN = "open", pgettext_lazy("survey", "open")
    CLOSED = "closed", pgettext_lazy("survey", "closed")


SURVEY_MACHINE = Machine(
    name="congress.survey",
    initial=[SurveyState.DRAFT, SurveyState.CLOSED],
    moves=[
        Move("open", SurveyState.DRAFT, SurveyState.OPEN, _("Open the survey")),
        Move("close", SurveyState.OPEN, SurveyState.CLOSED, _("Close the survey")),
        Move("record", SurveyState.DRAFT, SurveyState.CLOSED, _("Enter totals counted on paper")),
    ],
)


class Audience(models.TextChoices):
    """Who is asked."""

    DELEGATES = "delegates", _("delegates of the congress")
    MEMBERS = "members", _("all members")
    BRANCH = "branch", _("members of a branch")


class AnswerKind(models.TextChoices):
    """How a question is answered: by one grade of a scale, or in words."""

    SATISFACTION = "satisfaction", _("satisfied / basically / dissatisfied")
    GRADE = "grade", _("excellent / competent / basically competent / not competent")
    YES_NO = "yes_no", _("yes / no")
    WORDS = "words", _("in words")


# The choices of each scale, worst last; stored by key on the sheet.
SCALES: dict[str, tuple[tuple[str, object], ...]] = {
    AnswerKind.SATISFACTION: (
        ("satisfied", _("satisfied")),
        ("basically", _("basically satisfied")),
        ("dissatisfied", _("dissatisfied")),
    ),
    AnswerKind.GRADE: (
        ("excellent", _("excellent")),
        ("competent", _("competent")),
        ("basically", _("basically competent")),
        ("not_competent", _("not competent")),
        ("unknown", _("does not know")),
    ),
    AnswerKind.YES_NO: (("yes", _("yes")), ("no", _("no")), ("abstain", _("abstained"))),
    AnswerKind.WORDS: (),
}
