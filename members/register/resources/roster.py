"""The register as a file, by how much of each person it tells."""

import datetime as dt
from collections.abc import Iterable
from typing import Any, ClassVar

from import_export.fields import Field

from members.register.resources.people import PeopleResource
from union_portal.base.spreadsheets.columns import Classification, Column


class RosterExport(PeopleResource):
    """People by the columns that the list of people reads, as far as their class of data goes."""

    words: ClassVar[str] = "名册：基本信息"
    classification: ClassVar[Classification] = Classification.BASIC
    told: ClassVar[frozenset[Classification]] = frozenset({Classification.BASIC})

    def __init__(self, *, on: dt.date | None = None, **more: Any) -> None:
        super().__init__(**more)
        self.on = on

    @classmethod
    def get_display_name(cls) -> str:
        """Say how much it tells."""
        return cls.words

    def get_user_visible_fields(self) -> list[Any]:
        """Return the headings as import-export's page names fields."""
        return [Field(column_name=heading) for heading in self.get_export_headers()]

    def _selected(self, keys: Iterable[str] | None) -> list[Column]:
        return [column for column in super()._selected(keys) if column.classification in self.told]


class RosterWithContacts(RosterExport):
    """With numbers to call."""

    words = "名册：基本信息和联系方式"
    classification = Classification.CONTACT
    told = frozenset({Classification.BASIC, Classification.CONTACT})


class RosterWithNumbers(RosterExport):
    """With numbers of documents and bank cards too."""

    words = "名册：含证件号和银行卡号"
    classification = Classification.IDENTITY
    told = frozenset(Classification)
