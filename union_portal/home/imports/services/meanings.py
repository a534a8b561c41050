"""What the school says that words of its lists mean: told once on a preview or the command, and used ever after."""

from collections.abc import Iterable, Mapping

from django.db import transaction

from union_portal.accounts.models import User
from union_portal.base.errors import DomainError
from union_portal.base.importing.kinds import kind as kind_of
from union_portal.base.importing.parsing import bare
from union_portal.base.spreadsheets.columns import Column
from union_portal.base.steps import hold, record, saved
from union_portal.home.imports.enums import MappingState
from union_portal.home.imports.models import WordMapping

# By column and word: the word that the column knows.
Meanings = Mapping[tuple[str, str], str]


def words_of(kind: str) -> dict[str, dict[str, str]]:
    """Return by column and word, as compared, what was told for this kind of list."""
    found: dict[str, dict[str, str]] = {}
    for column, word, value in WordMapping.objects.filter(kind=kind, state=MappingState.USED).values_list(
        "column", "word", "value"
    ):
        found.setdefault(column, {})[bare(word)] = value
    return found


@transaction.atomic
def remember(*, kind: str, meanings: Meanings, actor: User | None) -> None:
    """Keep what words mean; what was told of a word before is replaced."""
    columns = {column.key: column for column in kind_of(kind).kind.columns}
    for (column, word), value in meanings.items():
        same = WordMapping.objects.filter(kind=kind, column=column, word__iexact=word, state=MappingState.USED).first()
        if same is None:
            label, heading = kind_of(kind).kind.label, columns[column].label
            made = WordMapping(
                kind=kind, column=column, label=label, heading=heading, word=word, value=value, actor=actor
            )
            record(made, actor=actor)
        elif same.value != value:
            held = hold(same)
            held.value = value
            saved(held, fields=["value"])


def read_meanings(written: Iterable[str], columns: Iterable[Column]) -> dict[tuple[str, str], str]:
    """Return what COLUMN:WORD=VALUE say; a column goes by its heading or its key. Raises `DomainError`."""
    keys = {name: column.key for column in columns for name in (*column.synonyms, column.label, column.key)}
    found = {}
    for text in written:
        column, colon, rest = text.replace("：", ":").partition(":")
        word, mark, value = rest.partition("=")
        if not (colon and mark and word.strip() and value.strip()):
            raise DomainError(f"“{text}”请写成“列:用语=按此登记”。")
        if column.strip() not in keys:
            raise DomainError(f"没有“{column}”这一列。")
        found[keys[column.strip()], word.strip()] = value.strip()
    return found
