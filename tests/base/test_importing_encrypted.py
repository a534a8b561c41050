"""The engine over encrypted and computed columns, with the register as the example."""

from typing import Any

import pytest
from django.db import connection

from members.people.enums import Gender
from members.people.models import Person
from tests.base.importing_samples import csv_file
from union_portal.base.encryption import blind_index
from union_portal.base.importing.fields import Computed
from union_portal.base.importing.kinds import ImportKind
from union_portal.base.importing.preview import Status
from union_portal.base.importing.table import TableResource
from union_portal.base.spreadsheets.columns import Classification, Column
from union_portal.base.spreadsheets.parsers import Choice, Code, LongNumber, Name

pytestmark = pytest.mark.django_db
NUMBER, OTHER = "110101199001011237", "110101199002022342"
HEADINGS = ("工号", "姓名", "性别", "身份证号")


class PersonResource(TableResource):
    """People with an encrypted number and one sort key."""

    kind = ImportKind(
        key="sample-people",
        label="人员",
        permission="members.change_person",
        columns=(
            Column(key="staff_number", label="工号", parser=Code(), required=True),
            Column(key="name", label="姓名", parser=Name(), required=True),
            Column(key="gender", label="性别", parser=Choice({Gender.MALE: "男", Gender.FEMALE: "女"})),
            Column(
                key="identity_number",
                label="身份证号",
                parser=LongNumber(),
                classification=Classification.IDENTITY,
            ),
        ),
    )
    key_columns = ("staff_number",)
    computed = (Computed(fields=("pinyin_key",), sources=("name",), function=lambda name: (f"key of {name}",)),)

    class Meta:
        model = Person


def ciphertext() -> Any:
    """Return the first person's number as it lies in the table."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT identity_number FROM members_person ORDER BY staff_number LIMIT 1")
        return cursor.fetchone()[0]


def test_an_encrypted_number_is_stored_with_its_index_and_kept_while_unchanged() -> None:
    PersonResource().confirm(csv_file(HEADINGS, ["1", "张三", "男", NUMBER]))
    person = Person.objects.get()
    before = ciphertext()
    assert person.identity_number == NUMBER
    assert person.identity_index == blind_index(NUMBER)
    assert NUMBER not in before
    again = PersonResource().confirm(csv_file(HEADINGS, ["1", "张三丰", "男", NUMBER]))
    assert (again.changed, again.rows[0].changes[0].label) == (1, "姓名")
    assert ciphertext() == before


def test_a_changed_number_shows_masked_and_replaces_both_columns() -> None:
    PersonResource().confirm(csv_file(HEADINGS, ["1", "张三", "男", NUMBER]))
    file = csv_file(HEADINGS, ["1", "张三", "男", OTHER])
    preview = PersonResource().preview(file)
    (change,) = preview.rows[0].changes
    assert (change.old[-5:], change.new[-5:]) == ("*1237", "*2342")
    PersonResource().confirm(file, expected=preview.fingerprint)
    assert Person.objects.get(identity_index=blind_index(OTHER)).identity_number == OTHER


def test_one_number_for_two_people_is_refused_in_the_file_and_against_the_register() -> None:
    PersonResource().confirm(csv_file(HEADINGS, ["1", "张三", "男", NUMBER]))
    preview = PersonResource().preview(
        csv_file(HEADINGS, ["2", "李四", "男", NUMBER], ["3", "王五", "女", OTHER], ["4", "赵六", "女", OTHER])
    )
    assert [(fault.row, fault.label) for fault in preview.faults] == [(2, "身份证号"), (4, "身份证号")]
    assert NUMBER not in repr(preview)


def test_two_people_may_swap_numbers_in_one_file() -> None:
    PersonResource().confirm(csv_file(HEADINGS, ["1", "张三", "男", NUMBER], ["2", "李四", "男", OTHER]))
    preview = PersonResource().preview(csv_file(HEADINGS, ["1", "张三", "男", OTHER], ["2", "李四", "男", NUMBER]))
    assert [row.status for row in preview.rows] == [Status.CHANGED, Status.CHANGED]


def test_computed_columns_follow_their_source_and_survive_otherwise() -> None:
    PersonResource().confirm(csv_file(HEADINGS, ["1", "张三", "男", ""]))
    assert Person.objects.get().pinyin_key == "key of 张三"
    Person.objects.update(pinyin_key="by hand")
    PersonResource().confirm(csv_file(HEADINGS, ["1", "张三", "女", ""]))
    assert Person.objects.get().pinyin_key == "by hand"
    PersonResource().confirm(csv_file(HEADINGS, ["1", "张三丰", "女", ""]))
    assert Person.objects.get().pinyin_key == "key of 张三丰"


def test_every_written_row_is_in_the_history() -> None:
    PersonResource().confirm(csv_file(HEADINGS, ["1", "张三", "男", ""], ["2", "李四", "男", ""]))
    PersonResource().confirm(csv_file(HEADINGS, ["1", "张三丰", "男", ""], ["2", "李四", "男", ""]))
    with connection.cursor() as cursor:
        cursor.execute("SELECT pgh_label, count(*) FROM members_personevent GROUP BY 1 ORDER BY 1")
        assert cursor.fetchall() == [("insert", 2), ("update", 1)]
