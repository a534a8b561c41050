"""What came of a survey: only after the close, and of an anonymous one only from five sheets on."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from congress.surveys.enums import SCALES, AnswerKind, SurveyState
from congress.surveys.models import Survey
from congress.surveys.services.surveys import LEAST_SHEETS
from union_portal.base.money import shares


@dataclass(frozen=True)
class Choice:
    """One choice: how many took it, and their share of the answers in percent with one decimal."""

    label: str
    count: int
    share: Decimal


@dataclass(frozen=True)
class Result:
    """One question's totals; `words` in alphabetical order."""

    question: str
    choices: tuple[Choice, ...]
    words: tuple[str, ...]
    kind: str

    @property
    def total(self) -> int:
        """All who answered it."""
        return sum(one.count for one in self.choices)


@dataclass(frozen=True)
class Results:
    """A closed survey: sheets of people asked, and the questions unless they are withheld."""

    asked: int
    answered: int
    withheld: bool
    questions: tuple[Result, ...]

    @property
    def rate(self) -> Decimal | None:
        """The share of those asked who answered, in percent."""
        return _share(self.answered, self.asked) if self.asked else None


def results(*, survey: Survey) -> Results | None:
    """Return the totals, None before the close. One query."""
    if survey.state != SurveyState.CLOSED:
        return None
    asked, answered = survey.asked or 0, survey.answered or 0
    withheld = survey.anonymous and not survey.recorded and answered < LEAST_SHEETS
    rows = [] if withheld else list(survey.questions.all())
    return Results(
        asked=asked,
        answered=answered,
        withheld=withheld,
        questions=tuple(
            Result(
                question=one.text,
                choices=() if one.kind == AnswerKind.WORDS else _choices(one.kind, one.tally),
                words=tuple(one.tally.get("words", ())),
                kind=one.kind,
            )
            for one in rows
        ),
    )


def _choices(kind: str, tally: dict[str, int]) -> tuple[Choice, ...]:
    counts = [tally.get(key, 0) for key, _label in SCALES[kind]]
    rows = zip(SCALES[kind], counts, shares(counts), strict=True)
    return tuple(Choice(str(label), count, share) for (_key, label), count, share in rows)


def _share(part: int, whole: int) -> Decimal:
    return (Decimal(100 * part) / whole).quantize(Decimal("0.1"), ROUND_HALF_UP) if whole else Decimal("0.0")
