"""Special groups, by list."""

from collections.abc import Sequence

from members.cohorts import services as cohorts
from members.cohorts.models import Cohort, CohortKind
from members.people.resources import OPTIONAL_NAME, STAFF_NUMBER, people_by_number, person_of
from union_portal.base.importing.kinds import ImportKind, register_kind
from union_portal.base.importing.rows import Row
from union_portal.base.importing.services import RowResource
from union_portal.base.spreadsheets.columns import Column
from union_portal.base.spreadsheets.dates import Date
from union_portal.base.spreadsheets.parsers import Choice, Text


@register_kind
class CohortResource(RowResource):
    """Places in special groups by person, group and first day."""

    kind = ImportKind(
        key="cohorts",
        label="特殊群体",
        columns=(
            STAFF_NUMBER,
            OPTIONAL_NAME,
            Column(key="group", label="群体", synonyms=("特殊群体", "类别", "人员类型"), required=True, example="劳模"),
            Column(key="on", label="开始日期", synonyms=("起始日期", "认定日期", "时间"), parser=Date(), required=True),
            Column(key="until", label="结束日期", synonyms=("终止日期",), parser=Date()),
            Column(key="document", label="文件", synonyms=("依据", "文号", "证书编号"), parser=Text(longest=200)),
        ),
        permission="members.import_cohort",
        order=40,
    )
    key_columns = ("staff_number", "group", "on")
    label_columns = ("staff_number", "name", "group")

    def prepare(self) -> None:
        """Read the groups once."""
        rows = list(CohortKind.objects.values_list("pk", "name", "code"))
        self.parsers["group"] = Choice(
            {pk: name for pk, name, _code in rows}, synonyms={code: pk for pk, _name, code in rows}
        )

    def current_values(self, rows: Sequence[Row]) -> None:
        """Find the places."""
        self.people = people_by_number(row.values["staff_number"] for row in rows)
        places = Cohort.objects.filter(person__in=self.people.values())
        found = {(place.person_id, place.kind_id, place.valid_from): place for place in places}
        for row in rows:
            person = self.people.get(row.values["staff_number"])
            place = found.get((person.pk, row.values["group"], row.values["on"])) if person else None
            if place is not None:
                row.pk = place.pk
                row.current = {**row.values, "until": place.valid_to}

    def clean_row(self, row: Row) -> None:
        """Refuse unknown people."""
        person_of(row, self.people)

    def save_row(self, row: Row) -> None:
        """Add the place, or end one that is known."""
        if row.pk is not None:
            place: Cohort = Cohort.objects.get(pk=row.pk)
        else:
            place = cohorts.add_to_cohort(
                person=self.people[row.values["staff_number"]],
                kind=CohortKind.objects.get(pk=row.values["group"]),
                on=row.values["on"],
                document=row.get("document") or "",
            )
        if row.values.get("until") is not None:
            cohorts.end_cohort(cohort=place, on=row.values["until"])
