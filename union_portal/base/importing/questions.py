"""What a list asks of a file as a whole, because cells cannot say it: what newcomers are, when a move takes effect.

A Resource declares its questions as data; which of them the rows at hand make matter, its `asks` says. Nothing is
assumed: a file whose questions are open is judged as far as it goes, and cannot be saved.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from union_portal.base.errors import DomainError
from union_portal.base.spreadsheets.dates import Date
from union_portal.base.spreadsheets.errors import CellError
from union_portal.base.spreadsheets.parsers import Choice, Parser


@dataclass(frozen=True, kw_only=True)
class Question:
    """One question: `key` on the command line, `words` for people, `choices` by value; without choices a day is asked.

    `when` names an earlier question and the answer to it that makes this one matter.
    """

    key: str
    words: str
    choices: Mapping[str, str] = field(default_factory=dict)
    when: tuple[str, str] | None = None
    help: str = ""

    @property
    def parser(self) -> Parser:
        """Return what reads and shows the answer."""
        return Choice(self.choices) if self.choices else Date(months=False)

    def read(self, text: str) -> Any:
        """Return the answer: one of the choices' values, or a day; raises `DomainError` at the question."""
        try:
            return self.parser.parse(text)
        except CellError as error:
            raise DomainError(f"“{self.words}”：{error}", field=self.key) from error


def read_answers(questions: Sequence[Question], given: Mapping[str, str]) -> dict[str, Any]:
    """Return the answers as values; an empty one is none. Raises `DomainError` for a question nobody asks."""
    known = {question.key: question for question in questions}
    for key in given:
        if key not in known:
            asked = f"可回答的有：{'、'.join(known)}" if known else "本清单没有要回答的问题"
            raise DomainError(f"没有“{key}”这个问题；{asked}。")
    return {key: known[key].read(text) for key, text in given.items() if text.strip()}


def open_questions(questions: Iterable[Question], answers: Mapping[str, Any]) -> list[Question]:
    """Return which of the questions put are still without an answer."""
    return [
        question
        for question in questions
        if question.key not in answers and (question.when is None or answers.get(question.when[0]) == question.when[1])
    ]
