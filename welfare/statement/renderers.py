"""A person's benefit statement as PDF."""

from collections.abc import Callable
from decimal import Decimal

from django.template.loader import render_to_string
from django.utils import timezone

from union_portal.base import profile
from union_portal.base.money import grouped
from union_portal.base.paper import PaperResult, render
from welfare.grants.models import Grant
from welfare.statement.services.lines import Statement, total

TITLE = "会员福利享受单"


def _yuan(amount: Decimal | None) -> str:
    return "—" if amount is None else grouped(amount)


def _row(grant: Grant) -> dict[str, str]:
    goods = grant.round.goods if grant.round else ""
    return {
        "date": (grant.received_on or grant.granted_on).isoformat(),
        "benefit": f"{grant.title}（{goods}）" if goods and goods != grant.benefit.name else grant.title,
        "form": grant.get_form_display(),
        "amount": _yuan(grant.amount),
    }


def render_statement(
    *, told: Statement, branch: str, union: str, year: int | None, number: int, progress: Callable[[int, str], None]
) -> PaperResult:
    """Return the PDF of what came, what is still due and which covers hold; amounts in yuan.

    `year` names the year the statement was narrowed to, `number` is the paper's own; `progress` hears percent
    and what is being done.
    """
    years = [
        {"label": f"{number}年", "rows": [_row(grant) for grant in grants], "total": _yuan(total(grants))}
        for number, grants in told.by_year().items()
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
                {"label": "制单日期", "value": timezone.localdate().isoformat()},
                {
                    "label": "编号",
                    "value": profile.document_number("单", year=timezone.localdate().year, number=number),
                },
            ],
            "years": years,
            "due": [_row(grant) for grant in told.due],
            "covers": told.covers,
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
