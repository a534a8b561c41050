"""Grants given before the portal, by list."""

import datetime as dt
from collections.abc import Collection, Sequence
from decimal import Decimal
from typing import Any

from django.db.models import Model

from union_portal.base.importing.kinds import ImportKind, register_kind
from union_portal.base.importing.lists import column_of
from union_portal.base.importing.lookups import Related
from union_portal.base.importing.rows import Row
from union_portal.base.importing.services import RowResource
from union_portal.base.spreadsheets.columns import Column
from union_portal.base.spreadsheets.dates import Date
from union_portal.base.spreadsheets.parsers import Amount, Boolean, Text
from union_portal.base.steps import take_all
from welfare.approvals.models import PaperApproval
from welfare.benefits.enums import Form
from welfare.benefits.models import Benefit
from welfare.grants.models import Grant
from welfare.grants.resources import APPROVAL, FORMS, RELATIONS, SOURCE
from welfare.recording.services import RecordedGrant, ToldApproval, occasion_name, record_grants
from welfare.rosters.resources import NAME, STAFF_NUMBER, People

GRANTS = (
    STAFF_NUMBER,
    NAME,
    column_of(
        *(Grant, "benefit", "项目 慰问项目 福利名称"),
        required=True,
        example="春节慰问品",
        help="福利项目的名称或编码",
    ),
    column_of(Grant, "occasion", "场合 批次 发放批次 节日", parser=Text(longest=64), example="2022年春节"),
    Column(key="event_on", label="事件日期", parser=Date(), synonyms=("发生日期",), example="2022-01-05"),
    column_of(Grant, "relation", "关系", words=RELATIONS, example="父母"),
    column_of(
        *(Grant, "granted_on", "发放日期 慰问日期 享受日期"),
        parser=Date(months=False),
        required=True,
        example="2022-01-20",
    ),
    column_of(Grant, "amount", "金额（元） 价值", label="金额", parser=Amount(least=0), example="500.00"),
    column_of(Grant, "form", "发放形式", words=FORMS, example="实物"),
    *APPROVAL,
    SOURCE,
    Column(key="posted", label="记台账", parser=Boolean(), synonyms=("是否记台账",), example="否"),
)


@register_kind
class GrantResource(RowResource):
    """Grants by person, benefit and occasion or event; occasions and events are made where they are missing."""

    kind = ImportKind(
        key="grants",
        label="线下已审批慰问记录",
        columns=GRANTS,
        permission="welfare.import_grant",
        order=50,
        help="系统启用前已发放的慰问：节日、事件、生日等，每人每次一行。",
    )
    label_columns = ("staff_number", "name", "benefit", "granted_on")
    rehearses = False

    class Meta:
        model = Grant

    def prepare(self) -> None:
        """Read the catalogue once."""
        self.benefits = Benefit.objects.in_bulk()
        self.parsers["benefit"] = Related(Benefit, ("name", "code"))

    def current_values(self, rows: Sequence[Row]) -> None:
        """Find the people, and the grants that are recorded already."""
        self.people = People(str(row.values["staff_number"]) for row in rows if "staff_number" in row.values)
        self.found: dict[int, RecordedGrant] = {}
        known = self._known()
        seen: dict[Any, int] = {}
        for row in rows:
            person = self.people.match(row)
            benefit = self.benefits.get(row.values.get("benefit", 0))
            if person is None or benefit is None or row.values.get("granted_on") is None:
                continue
            grant = self._grant(row, person, benefit)
            first = seen.setdefault(grant.identity, row.number)
            if first != row.number:
                row.fault("benefit", f"与第 {first} 行的人员、福利项目和节日或活动相同")
            self.found[row.number] = grant
            present = known.get(grant.identity)
            if present is not None:
                row.pk = present[0]
                row.current = dict(row.values)
                told = {"form": grant.form, "source": grant.source}
                kept = {"form": present[3], "source": present[4]}
                row.current |= {key: kept[key] or None for key in told if row.values.get(key)}
                for key in [key for key in told if row.values.get(key) and told[key] != kept[key]]:
                    row.fault(key, f"已登记的是“{self.shown(key, kept[key])}”，请在这条慰问记录的页面上更正")
                if present[1:3] != (grant.granted_on, grant.amount):
                    row.fault("benefit", "已登记，但日期或金额不同；请在系统中更正")

    def _known(self) -> dict[Any, tuple[int, dt.date, Decimal | None, str, str]]:
        """Return the living grants of the file's people by what makes a grant one."""
        grants = Grant.objects.living().filter(
            person__in=[person.pk for person in self.people.by_number.values()], supplements__isnull=True
        )
        known: dict[Any, tuple[int, dt.date, Decimal | None, str, str]] = {}
        for pk, person, benefit, occasion, kind, day, relation, granted_on, amount, form, source in grants.values_list(
            "pk",
            "person",
            "benefit",
            "occasion__name",
            "event__kind",
            "event__occurred_on",
            "relation",
            "granted_on",
            "amount",
            "form",
            "source",
        ):
            ground = occasion if occasion is not None else (kind, day, relation)
            known[(person, benefit, ground)] = (pk, granted_on, amount, form, source)
        return known

    def _grant(self, row: Row, person: Any, benefit: Benefit) -> RecordedGrant:
        granted_on = row.values["granted_on"]
        occasion = row.values.get("occasion") or ""
        event_on = None if occasion or not benefit.event_kind else row.values.get("event_on") or granted_on
        approval = ToldApproval(
            approver=row.values.get("approver") or "",
            approved_on=row.values.get("approved_on"),
            document=row.values.get("document") or "",
        )
        return RecordedGrant(
            person_id=person.pk,
            branch_id=self.people.branch_on(person, granted_on),
            benefit=benefit,
            occasion=occasion or ("" if event_on else occasion_name(benefit=benefit, day=granted_on)),
            event_on=event_on,
            relation=row.values.get("relation") or "",
            granted_on=granted_on,
            amount=row.values.get("amount"),
            form=Form(row.values.get("form") or benefit.form),
            approval=approval,
            source=row.values.get("source") or "",
            posted=bool(row.values.get("posted")),
        )

    def clean_row(self, row: Row) -> None:
        """Ask for an approval, and for an amount where the ledger is to take it."""
        if not any(row.values.get(key) for key in ("approver", "document")):
            row.fault("approver", "须填写审批人或审批文号")
        if row.values.get("posted") and not row.values.get("amount"):
            row.fault("amount", "记台账的行不能为空")
        grant = self.found.get(row.number)
        if grant is not None and grant.event_on is not None and grant.event_on > grant.granted_on:
            row.fault("event_on", "事件日期晚于慰问日期")

    def save_rows(self, rows: Sequence[Row]) -> None:
        """Record all new rows at once."""
        due = [row for row in rows if row.is_new]
        for row, pk in zip(
            due, record_grants(grants=[self.found[row.number] for row in due], actor=self.actor), strict=True
        ):
            row.pk = pk

    def cancel_made(self, *, model: type[Model], keys: Collection[Any], why: str) -> None:
        """Cancel recorded grants and send their approvals back: their steps are logged, so that they stay so."""
        if model is PaperApproval:
            take_all(PaperApproval.objects.filter(pk__in=keys), action="reject", actor=self.actor, why=why)
            return
        if model is not Grant:
            super().cancel_made(model=model, keys=keys, why=why)
        grants = Grant.objects.filter(pk__in=keys)
        take_all(grants, action="cancel", actor=self.actor, why=why, reason=why[:200])
