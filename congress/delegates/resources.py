"""The list of delegates: who sits in which term, in which delegation, from when to when."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.utils import timezone

from congress.bodies.resources import BODY, BRANCH, PERMISSION, TERM, term_of, terms
from congress.delegates.enums import MandateEnd, MandateStart, Seat
from congress.delegates.models import Delegate
from congress.delegates.services import mandates
from members.branches.models import Branch
from members.branches.resources import branch_parser
from members.people.resources import OPTIONAL_NAME, STAFF_NUMBER, people_by_number, person_of
from union_portal.base.importing.kinds import ImportKind, register_kind
from union_portal.base.importing.lists import column_of
from union_portal.base.importing.rows import Row
from union_portal.base.importing.services import RowResource
from union_portal.base.spreadsheets.columns import Column
from union_portal.base.spreadsheets.dates import Date
from union_portal.base.spreadsheets.parsers import Choice, Text

SEATS = {
    **dict.fromkeys(("代表", "正式"), Seat.DELEGATE),
    **dict.fromkeys(("列席", "列席人员"), Seat.OBSERVER),
    **dict.fromkeys(("特邀", "特邀嘉宾"), Seat.GUEST),
}
STARTS = Choice(
    MandateStart,
    synonyms={"选举": MandateStart.ELECTED, "邀请": MandateStart.INVITED, "补录": MandateStart.RECORDED},
)
ENDS = Choice(
    MandateEnd,
    synonyms={"换届": MandateEnd.TERM, "辞职": MandateEnd.RESIGNED}
    | dict.fromkeys(("撤换", "罢免"), MandateEnd.RECALLED)
    | dict.fromkeys(("离职", "退休", "调出", "终止劳动关系"), MandateEnd.LEFT),
)


@register_kind
class DelegateResource(RowResource):
    """Mandates by person and term; a delegation not yet recorded is made with the next number."""

    kind = ImportKind(
        key="delegates",
        label="代表",
        columns=(
            STAFF_NUMBER,
            OPTIONAL_NAME,
            BODY,
            TERM,
            BRANCH,
            Column(key="delegation", label="代表团", synonyms=("所在代表团", "团组"), parser=Text(longest=64)),
            Column(key="unit", label="选举单位", synonyms=("所属单位", "推选单位")),
            column_of(Delegate, "seat", "类别 代表类型", words=SEATS, example="正式代表"),
            Column(key="by", label="产生方式", parser=STARTS, example="单位选举"),
            Column(
                key="on", label="当选日期", synonyms=("起始日期", "开始日期"), parser=Date(), help="留空为本届开始日"
            ),
            Column(key="until", label="终止日期", synonyms=("结束日期",), parser=Date()),
            column_of(Delegate, "ended_by", "终止原因", parser=ENDS, example="离校"),
            column_of(Delegate, "document", "文件 依据 文号"),
        ),
        permission=PERMISSION,
        order=65,
        help="请先登记届次和人员。",
    )
    key_columns = ("staff_number", "body", "term")
    label_columns = ("staff_number", "name", "body", "term")

    class Meta:
        model = Delegate

    def prepare(self) -> None:
        self.parsers["branch"] = self.parsers["unit"] = branch_parser(on=timezone.localdate())
        self.terms = terms()

    def current_values(self, rows: Sequence[Row]) -> None:
        self.people = people_by_number(row.values["staff_number"] for row in rows)
        mandates_ = Delegate.objects.filter(person__in=self.people.values()).select_related("delegation")
        found = {(one.person_id, one.congress_id): one for one in mandates_.order_by("valid_from")}
        for row in rows:
            person = self.people.get(row.values["staff_number"])
            term = self.terms.get((row.values["body"], row.values["term"], row.values.get("branch")))
            one = found.get((person.pk, term.pk)) if person and term else None
            if one is not None:
                row.pk = one.pk
                row.current = {
                    **row.values,
                    "delegation": one.delegation.name if one.delegation else None,
                    "unit": one.unit_id,
                    "seat": one.seat,
                    "by": one.began_by,
                    "on": one.valid_from,
                    "document": one.document or None,
                    "until": one.valid_to,
                    "ended_by": one.ended_by or None,
                }

    def identities(self) -> Iterator[dict[str, Any]]:
        sitting = Delegate.objects.filter(person__staff_number__isnull=False).order_by("valid_from", "pk")
        for one in sitting.select_related("person", "congress"):
            term = {"body": one.congress.body, "term": one.congress.number, "branch": one.congress.branch_id}
            yield {"staff_number": one.person.staff_number, "name": one.person.name, **term}

    def clean_row(self, row: Row) -> None:
        person_of(row, self.people)
        term_of(row, self.terms)
        if row.get("until") is not None and row.get("ended_by") is None:
            row.fault("ended_by", "请填写终止原因")
        over = row.current is not None and row.current["until"] is not None
        for key in ("seat", "by", "on", *(("until", "ended_by") if over else ())):
            if row.current is not None and row.get(key) != row.current[key]:
                row.fault(key, f"已登记的是{self.shown(key, row.current[key])}，请在代表的页面上更正")

    def save_row(self, row: Row) -> None:
        term = self.terms[row.values["body"], row.values["term"], row.get("branch")]
        name = row.values.get("delegation")
        delegation = mandates.delegation_named(congress=term, name=name) if name else None
        if row.is_new:
            unit = row.values.get("unit")
            one = mandates.elect(
                congress=term,
                person=self.people[row.values["staff_number"]],
                on=row.values.get("on") or term.began_on,
                seat=Seat(row.values.get("seat") or Seat.DELEGATE),
                unit=Branch.objects.get(pk=unit) if unit else None,
                delegation=delegation,
                by=MandateStart(row.values["by"]) if row.values.get("by") else None,
                document=row.values.get("document") or "",
                actor=self.actor,
            )
        else:
            one = Delegate.objects.get(pk=row.pk)
            one.unit_id, one.document = row.get("unit"), row.get("document") or ""
            one.save(update_fields=["unit", "document"])
            if delegation is not None and one.delegation_id != delegation.pk:
                mandates.place_in(delegates=[one], delegation=delegation)
        until = row.values.get("until")
        if until is not None and one.valid_to != until:
            way = MandateEnd(row.values["ended_by"])
            reason = str(way.label) if way == MandateEnd.RECALLED else ""
            mandates.end_mandate(delegate=one, on=until, way=way, reason=reason, actor=self.actor)
