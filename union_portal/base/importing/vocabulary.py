"""What may stand in the cells of a list: every word of a column's choices, and the key that is read as well."""

from typing import TYPE_CHECKING

from union_portal.base.spreadsheets.columns import Column
from union_portal.base.spreadsheets.parsers import Choice
from union_portal.base.spreadsheets.several import Several

if TYPE_CHECKING:
    from union_portal.base.importing.resource import ImportResource

Words = list[tuple[str, str]]


def words_of(resource: "ImportResource") -> list[tuple[Column, Words]]:
    """Return the list's columns, each with the words and keys of its choices."""
    return [(column, _words(resource, column)) for column in resource.kind.columns]


def _words(resource: "ImportResource", column: Column) -> Words:
    parser = resource.parsers.get(column.key, column.parser)
    parser = parser.of if isinstance(parser, Several) else parser
    if not isinstance(parser, Choice):
        return []
    values = dict.fromkeys(parser.words().values())
    return [(parser.show(value), str(value)) for value in values if parser.show(value)]
