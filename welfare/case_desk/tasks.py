"""慰问统计表: the year's single cases as the table that branches sign and stamp."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from union_portal.accounts.enums import Access, DataClass
from union_portal.accounts.services.access import log_access
from union_portal.base.files import MadeFile, maker
from union_portal.base.making import Progress
from union_portal.base.spreadsheets.writing import XLSX_TYPE, write_xlsx
from welfare.grants.models import Grant

TABLE = "welfare.condolences"
TABLE_TITLE = "慰问统计表"
HEADINGS = ("序号", "单位", "姓名", "工号", "事项", "日期", "标准（元）", "金额（元）", "发放日期", "备注")


def lines_of(user: Any, year: int) -> QuerySet[Grant]:
    """Return the single cases given in the year that the account may see, by branch and day."""
    given = Grant.objects.visible_to(user).given().filter(round=None, granted_on__year=year)
    named = given.select_related("person", "benefit", "event", "branch", "rule", "received_by")
    return named.order_by("branch__name", "granted_on", "pk")


def _may(user: Any, asked: Mapping[str, Any]) -> bool:
    del asked
    may: bool = user.has_perm("welfare.export_grant")
    return may


@maker(TABLE, may=_may, refusal="您已没有导出慰问记录的权限。")
def make_table(user: Any, asked: Mapping[str, Any], progress: Progress) -> MadeFile:
    """Make the table with its sums and the line to sign; logged."""
    year = asked["year"]
    progress(20, "正在汇总")
    rows = [_line(number, grant) for number, grant in enumerate(lines_of(user, year), start=1)]
    log_access(
        user=user,
        action=Access.EXPORT,
        kind="welfare.grant",
        subject=str(year),
        rows=len(rows),
        data_class=DataClass.HEALTH,
        purpose=asked["purpose"],
    )
    total = sum((row[7] or Decimal(0) for row in rows), Decimal(0))
    foot = [("合计", "", f"{len(rows):,} 人次", "", "", None, None, total, None, ""), _SIGNED]
    return MadeFile(
        name=f"{year}年{TABLE_TITLE}-{timezone.localdate():%Y%m%d}.xlsx",
        content=write_xlsx(headings=HEADINGS, rows=[*rows, *foot], title=f"{year}年{TABLE_TITLE}"),
        content_type=XLSX_TYPE,
        rows=len(rows),
        data_class=DataClass.HEALTH,
    )


_SIGNED = ("", "单位（盖章）：", "", "", "主席签字：", None, None, None, None, "日期：")


def _line(number: int, grant: Grant) -> tuple[Any, ...]:
    event, person = grant.event, grant.person
    whose = grant.get_relation_display() or "本人"
    what = f"{whose}{event.get_kind_display()}" if event is not None else str(grant.benefit)
    variant = f"（{event.variant}）" if event is not None and event.variant else ""
    collector = f"{grant.received_by.name}代领" if grant.received_by is not None else ""
    return (
        number,
        str(grant.branch or ""),
        person.name,
        person.staff_number or "",
        f"{what}{variant}",
        event.occurred_on if event is not None else grant.granted_on,
        grant.rule.standard if grant.rule is not None else None,
        grant.amount,
        grant.received_on,
        "；".join(part for part in (grant.get_form_display(), collector, grant.offline_approval) if part),
    )
