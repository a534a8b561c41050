"""Who can confirm the freeze of a report, and what there is to do where nobody can."""

from django.db.models import Q
from django.utils import timezone

from union_portal.accounts.enums import Role
from union_portal.accounts.models import RoleAssignment, User
from union_portal.annual_report.reports.models import AnnualReport

_NOBODY = (
    "目前没有另一位负责人可以确认定稿：请系统管理员增加副主席，或由主席办理角色委托{branch}；"
    "也可以退回修改，改由一位委员提交定稿，再由负责人确认。"
)
_OF_BRANCH = "（分工会的报告也可由该分工会的另一位主席，或校工会主席、副主席确认）"


def who_confirms(report: AnnualReport, *, asked_by: User | None) -> str:
    """Say who can confirm the freeze that this account asks for, or what to do where nobody else can."""
    heads = Q(pk__in=User.objects.holding(Role.CHAIR, Role.VICE_CHAIR).values("pk"))
    if report.branch is not None:
        above = [report.branch_id, report.branch.parent_id, getattr(report.branch.parent, "parent_id", None)]
        chairs = RoleAssignment.objects.in_force(on=timezone.localdate()).filter(role=Role.BRANCH_CHAIR)
        heads |= Q(pk__in=chairs.filter(branches__branch__in=above, user__is_active=True).values("user"))
    others = User.objects.filter(heads).exclude(pk=asked_by.pk if asked_by else None).order_by("name")
    names = "、".join(others.values_list("name", flat=True))
    return f"可以确认定稿的：{names}。" if names else _NOBODY.format(branch=_OF_BRANCH if report.branch_id else "")
