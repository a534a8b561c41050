"""Kin, by list."""

from collections.abc import Sequence

from members.kin import services
from members.kin.enums import Relation
from members.kin.models import Kinship
from members.people.enums import Gender
from members.people.resources import GENDER, OPTIONAL_NAME, STAFF_NUMBER, people_by_number, person_of
from union_portal.base.importing.kinds import ImportKind, register_kind
from union_portal.base.importing.rows import Row
from union_portal.base.importing.services import RowResource
from union_portal.base.spreadsheets.columns import Classification, Column
from union_portal.base.spreadsheets.dates import Date
from union_portal.base.spreadsheets.parsers import Choice, Code, Name, spoken

_RELATIONS = spoken(
    {
        Relation.SPOUSE: "丈夫 妻子",
        Relation.PARENT: "父亲 母亲",
        Relation.CHILD: "儿子 女儿",
        Relation.PARENT_IN_LAW: "岳父 岳母 公公 婆婆",
        Relation.SIBLING: "兄弟姐妹",
        Relation.OTHER: "其他",
    }
)


@register_kind
class KinshipResource(RowResource):
    """Kin by person and name; a relative on the staff is named by staff number too."""

    kind = ImportKind(
        key="kinships",
        label="亲属",
        columns=(
            STAFF_NUMBER,
            OPTIONAL_NAME,
            Column(
                key="relation",
                label="关系",
                synonyms=("亲属关系", "与本人关系", "称谓"),
                parser=Choice(Relation, synonyms=_RELATIONS),
                required=True,
                classification=Classification.HEALTH,
            ),
            Column(
                key="related_name",
                label="亲属姓名",
                synonyms=("家属姓名",),
                parser=Name(),
                required=True,
                classification=Classification.HEALTH,
            ),
            Column(key="related_number", label="亲属工号", synonyms=("家属工号",), parser=Code(longest=32)),
            Column(key="gender", label="亲属性别", parser=Choice(Gender, synonyms=GENDER)),
            Column(key="birth_date", label="亲属出生日期", synonyms=("亲属出生年月",), parser=Date()),
        ),
        permission="members.import_kinship",
        order=40,
    )
    key_columns = ("staff_number", "related_name", "relation")
    label_columns = ("staff_number", "related_name")

    def current_values(self, rows: Sequence[Row]) -> None:
        """Find the relations."""
        numbers = {row.values[key] for row in rows for key in ("staff_number", "related_number") if key in row.values}
        self.people = people_by_number(numbers)
        kin = Kinship.objects.filter(person__in=self.people.values())
        known = {
            (person, name, relation): pk
            for pk, person, name, relation in kin.values_list("pk", "person_id", "related__name", "relation")
        }
        for row in rows:
            person = self.people.get(row.values["staff_number"])
            pk = known.get((person.pk, row.values["related_name"], row.values["relation"])) if person else None
            if pk is not None:
                row.pk, row.current = pk, dict(row.values)

    def clean_row(self, row: Row) -> None:
        """Refuse unknown people on both sides."""
        person_of(row, self.people)
        number = row.values.get("related_number")
        related = self.people.get(number) if number else None
        if number and (related is None or related.name != row.values.get("related_name")):
            row.fault("related_number", "名册中这个工号不是这个姓名")

    def save_row(self, row: Row) -> None:
        """Relate two registered people, or register the relative."""
        person, relation = self.people[row.values["staff_number"]], row.values["relation"]
        number = row.values.get("related_number")
        if number:
            services.add_kin(person=person, related=self.people[number], relation=relation)
            return
        services.register_kin(
            person=person,
            name=row.values["related_name"],
            relation=relation,
            gender=row.get("gender") or "",
            birth_date=row.get("birth_date"),
        )
