"""What the audit puts on the desk: what is to be read, asked, answered and judged; where a matter's row is."""

from collections.abc import Iterator

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from union_portal.accounts.enums import Role
from union_portal.accounts.models import User
from union_portal.base.portal import Contribution, DeskItem, Place, contribute, waiting
from welfare.approvals.enums import ApprovalState
from welfare.approvals.models import PaperApproval
from welfare.audit.enums import ANSWERING, FindingState
from welfare.audit.models import AuditFinding
from welfare.audit.services.papers import open_warnings

_FINDINGS = "admin:welfare_auditfinding_changelist"


def address_of(ref: str) -> str:
    """Return where a matter's row is, or the list of its rows; '' where it is nowhere."""
    model, _mark, rest = ref.partition("?") if "?" in ref else ref.partition(":")
    if not rest or not model.replace(".", "").isascii():
        return ""
    name = model.replace(".", "_") if "." in model else f"welfare_{model}"
    if "?" in ref:
        return f"{reverse(f'admin:{name}_changelist')}?{rest}"
    return reverse(f"admin:{name}_change", args=[rest])


def desk_items(user: User) -> Iterator[DeskItem]:
    """Yield findings to answer or to judge, and for the committee approvals on paper and open warnings of the year."""
    if user.has_role(*ANSWERING):
        yield from waiting(
            user,
            _asked_of,
            title="待答复的审查问题",
            detail="经费审查委员会提出的问题，请说明情况和整改结果。",
            address=f"{reverse(_FINDINGS)}?state__exact={FindingState.ASKED}",
        )
    if user.has_role(Role.AUDIT):
        yield from waiting(
            user,
            lambda _account: AuditFinding.objects.filter(state=FindingState.ANSWERED),
            title="待复核的答复",
            detail="被询问的人已经答复，请认定已整改、说明成立，或退回。",
            address=f"{reverse(_FINDINGS)}?state__exact={FindingState.ANSWERED}",
        )
        yield from _to_read()


def _asked_of(account: User) -> QuerySet[AuditFinding]:
    asked = Q(asked_of__in=[role.value for role in account.roles])
    rows: QuerySet[AuditFinding] = AuditFinding.objects.filter(asked, state=FindingState.ASKED)
    return rows


def _to_read() -> Iterator[DeskItem]:
    year = timezone.localdate().year
    papers = PaperApproval.objects.filter(entered_at__year=year)
    warned = open_warnings(year).count()
    told = (
        ("paper", f"{year} 年登记的线下审批", papers.count(), papers.filter(state=ApprovalState.ENTERED).count()),
        ("warning", f"{year} 年未结的超标提醒", warned, warned),
    )
    for key, title, all_, still in told:
        if all_:
            yield DeskItem(
                title=title,
                detail=f"其中待处理 {still:,} 件；可逐件查看，并可导出。",
                address=f"{reverse('welfare:audit')}?year={year}&check={key}",
                count=all_,
            )


contribute(
    Contribution(
        desk_items=desk_items,
        places=(Place("money", "审计核查", "welfare:audit", "welfare.look_over", icon="policy", beside="audits"),),
    )
)
