"""Grants given before the portal, by list."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any

from django.db.models import Model
from django.utils import timezone

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
from welfare.approvals.services import ToldApproval
from welfare.benefits.enums import Form
from welfare.benefits.models import Benefit
from welfare.grants.enums import GIVEN
from welfare.grants.models import Grant
from welfare.grants.resources import APPROVAL, FORMS, RELATIONS, SOURCE
from welfare.recording.services import RecordedGrant, occasion_name, record_grants
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
    column_of(Grant, "amount", "金额 价值", parser=Amount(least=0), example="500.00"),
    column_of(Grant, "form", "发放形式", words=FORMS, example="实物"),
    *APPROVAL,
    SOURCE,
    Column(key="posted", label="记台账", parser=Boolean(), synonyms=("是否记台账",), example="否"),
)


# How a grant was approved of which no more is known than that it was given.
_PASSED = "原平台内审批"
# What a list may say otherwise of a grant that is recorded, and where that stands.
_COMPARED = {
    **{name: name for name in ("granted_on", "amount", "form", "relation", "source")},
    **dict.fromkeys(("approver", "approved_on", "document"), "offline_approval"),
    "posted": "to_post",
}


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
            held = known.get(grant.identity)
            if held is not None:
                _compare(row, held, self.shown)

    def whole(self) -> Iterator[list[Any]]:
        """Yield what was given; what a later payment completed, and what is still under way, stays out."""
        self.prepare()
        given = Grant.objects.filter(state__in=GIVEN, supplements=None, person__staff_number__isnull=False)
        related = ("person", "occasion", "event", "approved_by")
        for one in given.select_related(*related).order_by("granted_on", "pk").iterator(chunk_size=2000):
            name, day = getattr(one.approved_by, "name", ""), one.approved_at
            told = ToldApproval(name, timezone.localdate(day) if day else None)
            yield self.cells(
                {key: getattr(one, key) or None for key in ("granted_on", "amount", "form", "relation", "source")}
                | {"staff_number": one.person.staff_number, "name": one.person.name, "benefit": one.benefit_id}
                | {"occasion": one.occasion.name if one.occasion else None}
                | {"event_on": one.event.occurred_on if one.event and not one.occasion else None}
                | {"document": (one.offline_approval or told.words or _PASSED)[:100]}
            )

    def _known(self) -> dict[Any, Mapping[str, Any]]:
        """Return the living grants of the file's people by what makes a grant one."""
        grants = Grant.objects.living().filter(
            person__in=[person.pk for person in self.people.by_number.values()], supplements__isnull=True
        )
        event = ("event__kind", "event__occurred_on", "relation")
        held = grants.values("pk", "person", "benefit", "occasion__name", *event, *_COMPARED.values())
        return {
            (one["person"], one["benefit"], one["occasion__name"] or tuple(one[name] for name in event)): one
            for one in held
        }

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


def _compare(row: Row, held: Mapping[str, Any], shown: Callable[[str, Any], str]) -> None:
    """Let the row be the grant that is held; what it says otherwise is a fault: grants are corrected on their page."""
    row.pk, row.current = held["pk"], dict(row.values)
    for key, name in _COMPARED.items():
        told, stands = row.values.get(key), held[name]
        within = name == "offline_approval" and str(told) in stands
        if told is not None and told != stands and not within:
            words = stands if name == "offline_approval" else shown(key, stands)
            row.fault(key, f"已登记的是“{words or '—'}”，请在这条慰问记录的页面上更正")
