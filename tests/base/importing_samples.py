"""Resources over the accounts, small enough to read in one glance, for the tests of the engine."""

import io
from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib.auth import get_user_model

from union_portal.base.errors import DomainError
from union_portal.base.importing.kinds import ImportKind
from union_portal.base.importing.preview import Leaver
from union_portal.base.importing.rows import Row
from union_portal.base.importing.services import RowResource
from union_portal.base.importing.table import TableResource
from union_portal.base.spreadsheets.columns import Classification, Column
from union_portal.base.spreadsheets.dates import Date
from union_portal.base.spreadsheets.parsers import Boolean, Choice, Code, LongNumber, Name, Text
from union_portal.base.spreadsheets.writing import write_csv, write_xlsx

User = get_user_model()
GROUPS = {1: "物理分工会", 2: "化学分工会"}

COLUMNS = (
    Column(key="staff_number", label="工号", synonyms=("职工号", "人员编号"), parser=Code(longest=32), required=True),
    Column(key="name", label="姓名", synonyms=("教工姓名",), parser=Name(), required=True, example="李小明"),
    Column(key="email", label="邮箱", synonyms=("电子邮件",), parser=Text()),
    Column(key="is_active", label="在用", parser=Boolean()),
    Column(key="is_superuser", label="权限", parser=Choice({False: "普通", True: "全部"})),
    Column(
        key="identity",
        label="身份证号",
        parser=LongNumber(),
        attribute=None,
        classification=Classification.IDENTITY,
    ),
    Column(key="born", label="出生日期", parser=Date(), attribute=None),
)


class UserResource(TableResource):
    """Accounts; the two columns of other tables live in a dictionary."""

    kind = ImportKind(key="sample-users", label="账号", columns=COLUMNS, permission="accounts.change_user")
    key_columns = ("staff_number",)
    label_columns = ("staff_number", "name")
    elsewhere: dict[int, dict[str, Any]] = {}

    class Meta:
        model = User

    def related_values(self, pks: Sequence[Any]) -> Mapping[Any, Mapping[str, Any]]:
        """Return what the dictionary holds."""
        return {pk: self.elsewhere[pk] for pk in pks if pk in self.elsewhere}

    def save_related(self, rows: Sequence[Row]) -> None:
        """Put it into the dictionary."""
        for row in rows:
            held = {key: row.get(key) for key in ("identity", "born") if row.get(key) is not None}
            self.elsewhere[row.pk] = held

    def clean_row(self, row: Row) -> None:
        """Refuse a name that is the number."""
        if row.get("name") == "禁止":
            row.fault("name", "这个名字不行")

    def leavers(self, rows: Sequence[Row]) -> list[Leaver]:
        """Name the accounts that the file does not."""
        named = {row.pk for row in rows}
        people = User.objects.order_by("pk").values_list("pk", "name")
        return [Leaver(pk=pk, label=name) for pk, name in people if pk not in named]


class ServiceResource(RowResource):
    """Accounts again, one by one through a service that refuses the name 坏人."""

    kind = ImportKind(key="sample-services", label="账号逐行", columns=COLUMNS[:3], permission="accounts.change_user")
    key_columns = ("staff_number",)

    class Meta:
        model = User

    def current_values(self, rows: Sequence[Row]) -> None:
        """Look all numbers up at once."""
        found = User.objects.in_bulk([row.values["staff_number"] for row in rows], field_name="staff_number")
        for row in rows:
            if user := found.get(row.values["staff_number"]):
                row.pk = user.pk
                row.current = {"staff_number": user.staff_number, "name": user.name, "email": user.email or None}

    def save_row(self, row: Row) -> None:
        """Make or rename the account."""
        if row.get("name") == "坏人":
            raise DomainError("坏人不能入会", field="name")
        User.objects.update_or_create(
            staff_number=row.get("staff_number"), defaults={"name": row.get("name"), "email": row.get("email") or ""}
        )


def csv_file(headings: Sequence[str], *rows: Sequence[Any]) -> io.BytesIO:
    """Return a csv as an upload."""
    return io.BytesIO(write_csv(headings=headings, rows=rows))


def xlsx_file(headings: Sequence[str], *rows: Sequence[Any]) -> io.BytesIO:
    """Return an xlsx as an upload."""
    return io.BytesIO(write_xlsx(headings=headings, rows=rows))
