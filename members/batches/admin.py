"""入会 and 调动 of whoever is ticked in the list."""

import datetime as dt

from django.http import HttpRequest

from members.batches import services as together
from members.batches.forms import AdmitManyForm, MoveManyForm
from members.branches.models import Branch
from members.people.models import Person
from union_portal.accounts.requests import account_of
from union_portal.base.admin.bulk import bulk_action


class ManySteps:
    """Mixed into the people's list."""

    def has_admit_permission(self, request: HttpRequest) -> bool:
        """Ask as the step of one person does."""
        return request.user.has_perm("members.add_membership")

    def has_move_permission(self, request: HttpRequest) -> bool:
        """Ask as the step of one person does."""
        return request.user.has_perm("members.change_person")

    @bulk_action(
        description="办理入会",
        sentence="将为所选 %(count)s 人办理入会；其中有已是会员的，整批都不办理，并说明是谁。",
        form=AdmitManyForm,
        permission="admit",
    )
    def admit_people(
        self, request: HttpRequest, rows: list[Person], *, on: dt.date, branch: Branch | None, document: str
    ) -> str:
        """Let them all be members."""
        actor = account_of(request)
        came = together.admit_all(people=rows, on=on, branch=branch, document=document, actor=actor)
        return f"{len(rows):,} 人自 {on} 起为会员" + (f"，其中 {came:,} 人归入{branch}。" if came else "。")

    @bulk_action(
        description="办理调动（校内）",
        sentence="将把所选 %(count)s 人调到另一个分工会；工会任职和代表资格不随之终止。",
        form=MoveManyForm,
        permission="move",
    )
    def move_people(
        self, request: HttpRequest, rows: list[Person], *, on: dt.date, branch: Branch, document: str
    ) -> str:
        """Let them all belong to the branch."""
        actor = account_of(request)
        moved, offices = together.move_all(people=rows, branch=branch, on=on, document=document, actor=actor)
        stayed = f"，{len(rows) - moved:,} 人原已属于该分工会" if moved < len(rows) else ""
        left = f"不随之终止的工会任职：{'、'.join(offices)}。" if offices else ""
        return f"{moved:,} 人自 {on} 起属于{branch}{stayed}。{left}"
