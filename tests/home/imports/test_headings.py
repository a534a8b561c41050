"""A list heads its columns by the names that the screens use: one thing, one name."""

from typing import Any

from django.core.exceptions import FieldDoesNotExist

from members.branches.models import Office
from members.cohorts.models import Cohort
from members.kin.models import Kinship
from members.memberships.models import Membership
from members.totals.models import SummaryRecord
from union_portal.base.importing.kinds import kinds

# Whose rows lists are that are built by hand.
OWN: dict[str, Any] = {
    "cohorts": Cohort,
    "kinships": Kinship,
    "memberships": Membership,
    "offices": Office,
    "summary_records": SummaryRecord,
}
NUMBERED = "names the row by its number, as the heading says"
# What a heading says otherwise than the screen, and why.
REASONS = {
    **{
        (kind, "staff_number", "工号"): NUMBERED
        for kind in ("covers", "claims", "dues", "hardship_aids", "health_check_attendance", "recuperations")
    },
    ("proposals", "merged_into", "并入编号"): NUMBERED,
}


def test_headings_of_lists_are_the_names_of_the_screens_but_for_a_reason() -> None:
    found, compared = set(), 0
    for one in kinds():
        key: str = one.kind.key
        model = OWN.get(key) or one.Meta.model  # type: ignore[attr-defined]
        for column in one.kind.columns:
            try:
                field = model._meta.get_field(column.field_name or column.key)
            except FieldDoesNotExist:
                continue
            # What points to the row has no name of its own.
            if not field.concrete:
                continue
            compared += 1
            if column.label != str(field.verbose_name):
                found.add((key, column.key, column.label))
    assert found == set(REASONS)
    assert compared > len(kinds()) * 3
