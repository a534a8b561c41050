"""Standards and aids given, by list."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.db.models import QuerySet

from union_portal.base.importing.fields import Computed
from union_portal.base.importing.kinds import register_kind
from union_portal.base.importing.lists import ModelList
from union_portal.base.importing.rows import Row
from welfare.hardship.enums import AidState
from welfare.hardship.models import HardshipAid, HardshipStandard
from welfare.rosters.resources import NAME, STAFF_NUMBER, People


@register_kind
class HardshipStandardList(ModelList):
    """The lines of places and times."""

    model, name, key, order = HardshipStandard, "hardship_standards", ("place", "valid_from"), 46
    synonyms = {"line": ("低保标准", "低保线"), "average": ("人均可支配收入",), "source": ("依据",)}


@register_kind
class HardshipAidList(ModelList):
    """Aids that were given, of earlier years or outside the portal; one that is known changes by its steps alone."""

    model, name, order, cancelled_by = HardshipAid, "hardship_aids", 62, "cancel"
    key = ("staff_number", "kind", "payer", "given_on")
    extra = (replace(STAFF_NUMBER, attribute="person"), replace(NAME, attribute=None))
    fields_in_order = ("staff_number", "name", "kind", "payer", "amount", "given_on", "document", "source")
    synonyms = {
        "kind": ("补助项目", "补助类别", "类别"),
        "payer": ("来源",),
        "amount": ("补助金额", "帮扶金额"),
        "given_on": ("日期", "补助日期"),
        "document": ("依据", "文号"),
    }

    def prepare(self) -> None:
        """Fill every column, the branch of the day and the state of what was given."""
        self.present = list(self.kind.columns)
        found = ("staff_number", "given_on")
        self.computed = (  # type: ignore[misc]
            Computed(("branch",), found, lambda *of: (self.people.branch_on(*of),)),
            Computed(("asked_on",), ("given_on",), lambda day: (day,)),
            Computed(("state",), ("given_on",), lambda _day: (AidState.PAID,)),
        )

    def get_queryset(self) -> "QuerySet[Any]":
        """Tell what arrived; what is proposed is decided on the desk."""
        return super().get_queryset().filter(state=AidState.PAID)

    def load_current(self, rows: Sequence[Row]) -> None:
        """Read the people once."""
        super().load_current(rows)
        self.people = People((row.values["staff_number"] for row in rows if "staff_number" in row.values), by="pk")

    def related_values(self, pks: Sequence[Any]) -> Mapping[Any, Mapping[str, Any]]:
        """Return the people's names."""
        found = HardshipAid.objects.filter(pk__in=pks).values_list("pk", "person__name")
        return {pk: {"name": name} for pk, name in found}

    def clean_row(self, row: Row) -> None:
        """Refuse what the file says otherwise of one that is known."""
        self.people.match(row)
        row.values.pop("name", None)
        if row.is_new:
            return
        row.settle()
        held = row.current or {}
        for key in row.changed_keys():
            row.fault(key, f"已登记的是“{self.shown(key, held[key]) or '—'}”，请在这项帮扶的页面上办理")
