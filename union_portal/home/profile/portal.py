"""单位信息 among the settings; an administrator of a union without a name is led there first."""

from typing import TYPE_CHECKING

from django.urls import reverse

from members.branches.enums import BranchKind
from members.branches.models import Branch
from members.branches.services import tree
from union_portal.base import profile
from union_portal.base.portal import Contribution, FirstStep, Place, contribute

if TYPE_CHECKING:
    from union_portal.accounts.models.user import User

CHANGE = "base.change_unionprofile"


def before_desk(user: "User") -> str:
    """Return the page where the union gets its name, for whoever may give it one and as long as it has none."""
    unnamed = profile.is_unsaid() and user.has_perm(CHANGE) and tree.school() is None
    return reverse("home:profile") if unnamed else ""


contribute(
    Contribution(
        before_desk=before_desk,
        first_steps=(
            FirstStep(
                key="profile",
                rank=10,
                title="填写单位信息",
                why="名称、落款和年度写进每一份文书和报告",
                by="系统管理员、主席",
                rows=lambda: Branch.objects.filter(kind=BranchKind.SCHOOL),
                unit="",
                page="home:profile",
                permission=CHANGE,
            ),
        ),
        places=(Place("settings", "单位信息", "home:profile", CHANGE, "apartment", leads=True),),
    )
)
