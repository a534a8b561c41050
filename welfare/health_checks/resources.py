"""Checks of past years, and who attended by the hospital's list, matched by staff number; never a result."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any

from django.db.models import Model, Q

from members.people.models import Person
from union_portal.base.importing.fields import Computed
from union_portal.base.importing.kinds import register_kind
from union_portal.base.importing.lists import ModelList
from union_portal.base.importing.lookups import LOOKUPS, Standing
from union_portal.base.importing.preview import ImportPreview
from union_portal.base.importing.rows import Row, refuse_changes
from union_portal.base.spreadsheets.errors import SpreadsheetError
from union_portal.base.spreadsheets.headers import find_headings
from welfare.health_checks.enums import BookingState, HealthCheckState
from welfare.health_checks.models import CheckBooking, CheckPackage, HealthCheck
from welfare.health_checks.services.booking import cancel, package_for
from welfare.rosters.resources import NAME, STAFF_NUMBER, People

# What the headings of a hospital's report are made of.
RESULTS = (
    *("结果", "结论", "诊断", "异常", "阳性", "建议", "检查所见", "健康状况", "血压", "血糖", "血脂", "心电", "超声"),
    *("病史", "疾病", "指标", "报告", "胆固醇", "尿酸", "肝功", "肾功", "肿瘤", "体重", "BMI"),
)


# A cancelled one of the same name is meant by nobody.
LOOKUPS[HealthCheck] = lambda: Standing(HealthCheck, ("name",), gone=Q(state=HealthCheckState.CANCELLED))


@register_kind
class HealthCheckList(ModelList):
    """Checks; what is over is entered as such."""

    model, name, key, order, cancelled_by = HealthCheck, "health_checks", ("name",), 62, "cancel"
    fields_in_order = ("name", "year", "audience", "starts_on", "ends_on", "roster_on", "payer", "commission", "state")
    synonyms = {"name": ("体检名称", "体检活动"), "year": ("年份",), "starts_on": ("体检开始日期",)}
    examples = {"name": "2024年教职工体检", "year": "2024", "starts_on": "2024-05-20", "ends_on": "2024-09-20"}
    words = {"state": {"已完成": HealthCheckState.CLOSED}}

    def cancel_made(self, *, model: type[Model], keys: Collection[Any], why: str) -> None:
        """Cancel one by one: a check with bookings stays."""
        if model is not HealthCheck:
            super().cancel_made(model=model, keys=keys, why=why)
        for one in HealthCheck.objects.filter(pk__in=keys).order_by("pk"):
            cancel(subject=one, actor=self.actor, why=why)


@register_kind
class CheckAttendanceList(ModelList):
    """Who attended: a booked one is ticked off, whoever came without a booking is entered."""

    model, name, order, cancelled_by = CheckBooking, "health_check_attendance", 63, "cancel"
    key = ("health_check", "staff_number")
    extra = (replace(STAFF_NUMBER, attribute="person"), replace(NAME, attribute=None, required=False))
    fields_in_order = (
        *("health_check", "staff_number", "name", "attended_on", "state"),
        *("invoice_number", "invoice_amount", "refunded_on", "refund"),
    )
    synonyms = {"health_check": ("体检", "体检名称"), "attended_on": ("体检日期", "到检日期")}
    examples = {"health_check": "2024年教职工体检", "attended_on": "2024-06-03"}
    help = "登记是否参检；往年自行体检已报销的，可填发票和报销金额。体检结果属于个人健康信息，含有结果的名单不能导入。"

    def examine(self, book: Any) -> tuple[ImportPreview, list[Row]]:
        """Refuse a list with a column of results as a whole, before a row of it is read."""
        found = [name for name in find_headings(book, self.kind.columns).ignored if any(w in name for w in RESULTS)]
        if found:
            told = "、".join(found)
            raise SpreadsheetError(
                f"名单里有体检结果（{told}）。结果属于个人健康信息，平台不收；请只保留工号、姓名和参检日期后再导入。"
            )
        return super().examine(book)

    def prepare(self) -> None:
        """Fill every column, and the branch and the band of the day."""
        self.present = list(self.kind.columns)
        found = ("health_check", "staff_number", "attended_on")
        self.computed = (Computed(("branch", "package"), found, self._of),)  # type: ignore[misc]

    def _of(self, check: Any, person: Any, day: Any) -> tuple[Any, ...]:
        whose, one = self.checks_by_key.get(check), self.people.by_number.get(person)
        band = None
        if whose is not None and one is not None:
            told = {"year": whose.year, "gender": one.gender, "born": self.births.get(person)}
            band = package_for(self.packages.get(check, ()), **told)
        branch = self.people.branch_on(person, day) if day else None
        return branch, band.pk if band else None

    def load_current(self, rows: Sequence[Row]) -> None:
        """Read checks, bands and people once."""
        super().load_current(rows)
        self.checks_by_key = HealthCheck.objects.in_bulk()
        self.packages: dict[Any, list[CheckPackage]] = {}
        for one in CheckPackage.objects.all():
            self.packages.setdefault(one.health_check_id, []).append(one)
        self.people = People((row.values["staff_number"] for row in rows if "staff_number" in row.values), by="pk")
        self.births = dict(Person.objects.filter(pk__in=self.people.by_number).values_list("pk", "birth_date"))

    def related_values(self, pks: Sequence[Any]) -> dict[Any, dict[str, Any]]:
        """Return the people's names."""
        names = CheckBooking.objects.filter(pk__in=pks).values_list("pk", "person__name")
        return {pk: {"name": name} for pk, name in names}

    def clean_row(self, row: Row) -> None:
        """Match the person by number and name; whoever has a day attended, unless the row says otherwise."""
        self.people.match(row)
        row.values.pop("name", None)
        before = (row.current or {}).get("state", BookingState.BOOKED)
        if row.values.get("state") is None:
            row.values.pop("state", None)
            if row.get("attended_on") is not None and before in {BookingState.BOOKED, BookingState.MISSED}:
                refunded = row.is_new and row.get("refund") is not None
                row.values["state"] = BookingState.REFUNDED if refunded else BookingState.ATTENDED
        # Whoever only booked, or stayed away, has no day.
        if not row.is_new:
            refuse_changes(row, ("invoice_number", "invoice_amount", "refunded_on", "refund"))
        without = {BookingState.BOOKED, BookingState.MISSED}
        if row.is_new and row.get("attended_on") is None and row.values.get("state") not in without:
            row.fault("attended_on", "请填写参检日期")
        super().clean_row(row)
