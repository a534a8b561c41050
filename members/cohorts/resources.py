"""Special groups, by list."""

from collections.abc import Iterable, Mapping
from typing import Any

from members.cohorts import services as cohorts
from members.cohorts.models import Cohort, CohortKind
from members.people.models import Person
from members.people.resources import OPTIONAL_NAME, STAFF_NUMBER, OfPersonResource
from union_portal.base.importing.kinds import ImportKind, register_kind
from union_portal.base.importing.lists import column_of
from union_portal.base.importing.lookups import Related
from union_portal.base.importing.rows import Row
from union_portal.base.spreadsheets.columns import Column
from union_portal.base.steps import saved


@register_kind
class CohortResource(OfPersonResource):
    """Places in special groups by person, group and first day."""

    kind = ImportKind(
        key="cohorts",
        label="特殊群体",
        columns=(
            STAFF_NUMBER,
            OPTIONAL_NAME,
            Column(key="kind", label="特殊群体", synonyms=("群体", "类别", "人员类型"), required=True, example="劳模"),
            column_of(Cohort, "valid_from", "开始日期 认定日期 时间", required=True),
            column_of(Cohort, "valid_to", "结束日期"),
            column_of(Cohort, "document", "文件 依据 文号 证书编号"),
        ),
        permission="members.import_cohort",
        order=40,
    )
    key_columns = ("staff_number", "kind", "valid_from")
    label_columns = ("staff_number", "name", "kind")

    def prepare(self) -> None:
        """Read the groups once."""
        self.parsers["kind"] = Related(CohortKind, ("name", "code"))

    def known(self, people: Iterable[Person]) -> Mapping[tuple[Any, ...], tuple[Any, Mapping[str, Any]]]:
        """Return the places, with what a list may correct."""
        return {
            (place.person_id, place.kind_id, place.valid_from): (
                place.pk,
                {"valid_to": place.valid_to, "document": place.document},
            )
            for place in Cohort.objects.filter(person__in=people).order_by("valid_from", "pk")
        }

    def save_row(self, row: Row) -> None:
        """Add the place, or correct one that is known."""
        values = row.values
        if row.pk is not None:
            place = Cohort.objects.get(pk=row.pk)
        else:
            kind = CohortKind.objects.get(pk=values["kind"])
            place = cohorts.add_to_cohort(
                person=self.people[values["staff_number"]], kind=kind, on=values["valid_from"]
            )
        place.document, place.valid_to = row.get("document") or "", row.get("valid_to")
        saved(place)
