"""A person's benefit statement as PDF."""

from collections.abc import Callable
from decimal import Decimal

from django.template.loader import render_to_string
from django.utils import timezone

from union_portal.base.paper import PaperResult, render
from welfare.statement.services.lines import Statement, StatementLine

TITLE = "会员福利享受单"


def _yuan(amount: Decimal | None) -> str:
    return "—" if amount is None else f"{amount:,.2f}"


def _row(line: StatementLine) -> dict[str, str]:
    name = line.name
    return {
        "date": (line.received_on or line.on).isoformat(),
        "benefit": f"{name}（{line.goods}）" if line.goods and line.goods != line.title else name,
        "form": line.form,
        "amount": _yuan(line.amount),
    }


def render_statement(
    *, told: Statement, branch: str, union: str, year: int | None, progress: Callable[[int, str], None]
) -> PaperResult:
    """Return the PDF of what came, what is still due and which covers hold; amounts in yuan.

    `year` names the year the statement was narrowed to; `progress` hears percent and what is being done.
    """
    today = timezone.localdate()
    years = [
        {
            "label": f"{number}年",
            "rows": [_row(line) for line in lines],
            "total": _yuan(sum((line.amount or Decimal("0.00") for line in lines), start=Decimal("0.00"))),
        }
        for number, lines in told.by_year().items()
    ]
    html = render_to_string(
        "welfare/statement/paper.html",
        {
            "title": TITLE,
            "issuer": union,
            "facts": [
                {"label": "姓名", "value": told.person.name},
                {"label": "工号", "value": told.person.staff_number or "—"},
                {"label": "分工会", "value": branch or "—"},
                {"label": "期间", "value": f"{year}年" if year else "全部年度"},
                {"label": "累计金额", "value": f"{_yuan(told.total)} 元"},
                {"label": "制单日期", "value": today.isoformat()},
            ],
            "years": years,
            "due": [_row(line) for line in told.due],
            "covers": [
                {
                    "plan": cover.plan,
                    "insurer": cover.insurer or "—",
                    "starts_on": cover.starts_on.isoformat(),
                    "ends_on": cover.ends_on.isoformat(),
                    "state": "保障中" if cover.in_force else "未生效" if cover.starts_on > today else "已到期",
                }
                for cover in told.covers
            ],
            "notice": "本单按工会福利台账列出，金额为“—”的项目按实物或服务发放、未计价。"
            "如有疑问，请向所在分工会或校工会提出。",
        },
    )
    progress(5, "正在排版")
    return render(
        html,
        title=f"{TITLE} {told.person.name}",
        created=timezone.now(),
        stylesheet="statement",
        archival=False,
        progress=lambda share, message: progress(int(share * 100), message),
    )
