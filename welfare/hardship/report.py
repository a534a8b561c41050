"""What was given to people in hardship, how many times it was given out, and whose files are on the list."""

from dataclasses import replace

from union_portal.base.figures.kind import Kind
from welfare.benefits.enums import Category
from welfare.grants.report import count_with
from welfare.hardship.models import HardshipAid, HardshipFile

_GIVEN = HardshipAid.objects.given()
_AID = Kind(
    *("welfare.hardship_aid", "困难帮扶（按项目）"),
    unit="人",
    records=_GIVEN,
    day="given_on",
    part="kind",
    heads="person",
    amount="amount",
    branch="branch",
    sensitive=True,
    inside=("welfare.hardship",),
    columns=("person__staff_number", "person__name", "branch__name", "kind", "payer", "given_on", "amount"),
)
# Help in hardship is one figure, whether it was given as an aid or as a condolence of the catalogue.
count_with(Category.HARDSHIP, replace(_AID, key="", label="困难帮扶登记", part="", inside=()))
KINDS = [
    _AID,
    Kind(
        *("welfare.hardship_aid_days", "困难帮扶发放（按项目）"),
        unit="次",
        records=_GIVEN,
        day="given_on",
        part="kind",
        once="given_on",
        branch="branch",
        columns=("given_on", "kind", "payer"),
        basis="困难帮扶，同一天发放的计一次",
    ),
    Kind(
        *("welfare.hardship_files", "在册困难职工"),
        unit="人",
        records=HardshipFile.objects.exclude(listed_on=None),
        day="listed_on",
        until="closed_on",
        part="decided_kind",
        heads="person",
        branch="branch",
        sensitive=True,
        columns=("person__staff_number", "person__name", "branch__name", "decided_kind", "listed_on"),
    ),
]
