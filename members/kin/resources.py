"""Kin, by list."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from members.kin import services
from members.kin.enums import Relation
from members.kin.models import Kinship
from members.people.models import Person
from members.people.resources import GENDER, OPTIONAL_NAME, STAFF_NUMBER, OfPersonResource
from members.people.services import change_person
from union_portal.base.importing.kinds import ImportKind, register_kind
from union_portal.base.importing.lists import column_of
from union_portal.base.importing.rows import Row
from union_portal.base.spreadsheets.columns import Classification, Column
from union_portal.base.spreadsheets.parsers import Code, Name, spoken

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
class KinshipResource(OfPersonResource):
    """Kin by person and name; a relative on the staff is named by staff number too."""

    kind = ImportKind(
        key="kinships",
        label="亲属",
        columns=(
            STAFF_NUMBER,
            OPTIONAL_NAME,
            column_of(
                Kinship,
                "relation",
                "关系 亲属关系 称谓",
                words=_RELATIONS,
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
            column_of(Person, "gender", label="亲属性别", words=GENDER),
            column_of(Person, "birth_date", "亲属出生年月", label="亲属出生日期"),
        ),
        permission="members.import_kinship",
        order=40,
    )
    key_columns = ("staff_number", "related_name", "relation")
    label_columns = ("staff_number", "related_name")
    number_columns = ("staff_number", "related_number")

    def known(self, people: Iterable[Person]) -> Mapping[tuple[Any, ...], tuple[Any, Mapping[str, Any]]]:
        """Return the relations, with what is kept about the relative."""
        return {
            (kin.person_id, kin.related.name, kin.relation): (
                kin.pk,
                {
                    "related_number": kin.related.staff_number,
                    "gender": kin.related.gender,
                    "birth_date": kin.related.birth_date,
                },
            )
            for kin in Kinship.objects.filter(person__in=people).select_related("related").order_by("pk")
        }

    def whole(self) -> Iterator[list[Any]]:
        """Tell of two members who are each other's kin once: the other way follows from it."""
        places = {key: place for place, key in enumerate(self.columns)}
        told: set[tuple[Any, Any]] = set()
        for cells in super().whole():
            mine, other = cells[places["staff_number"]], cells[places["related_number"]]
            if (other, mine) not in told:
                told.add((mine, other))
                yield cells

    def clean_row(self, row: Row) -> None:
        """Refuse unknown people on both sides, and changes of staff, who keep their own records."""
        super().clean_row(row)
        number = row.values.get("related_number")
        related = self.people.get(number) if number else None
        if number and (related is None or related.name != row.values.get("related_name")):
            row.fault("related_number", "名册中这个工号不是这个姓名")
        row.settle()
        if row.current is not None and row.changed_keys() and (number or row.current["related_number"]):
            row.fault(row.changed_keys()[0], "这位亲属是教职工，请在其本人的页面上更正")

    def save_row(self, row: Row) -> None:
        """Relate two registered people, register the relative, or correct what is kept about one."""
        person, relation = self.people[row.values["staff_number"]], row.values["relation"]
        number = row.values.get("related_number")
        details: dict[str, Any] = {"gender": row.get("gender") or "", "birth_date": row.get("birth_date")}
        if row.pk is not None:
            change_person(person=Kinship.objects.get(pk=row.pk).related, **details)
        elif number:
            services.add_kin(person=person, related=self.people[number], relation=relation)
        else:
            services.register_kin(person=person, name=row.values["related_name"], relation=relation, **details)
