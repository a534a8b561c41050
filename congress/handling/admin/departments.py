"""Departments: who answers for them, how much they have open, and their mergers."""

import datetime as dt
from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Prefetch, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from congress.departments import services as departments
from congress.departments.enums import DepartmentDuty
from congress.departments.forms import AppointForm, MergeDepartmentForm, end_post_form
from congress.departments.models import Department, DepartmentPost
from congress.proposals.enums import IN_HAND, ProposalState
from members.people.models import Person
from union_portal.accounts.requests import account_of
from union_portal.base.admin import PortalModelAdmin, PortalTabularInline, display, object_action
from union_portal.base.admin.columns import column
from union_portal.base.querysets import how_many_of


class PostInline(PortalTabularInline[DepartmentPost, Department]):
    """Who answered for it and when; appointed and ended by steps."""

    model = DepartmentPost
    fields = ("person", "duty", "valid_from", "valid_to")
    readonly_fields = fields
    ordering = ("duty", "-valid_from")
    show_change_link = False

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("person")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002
        return False


def _stands(department: Department) -> bool:
    return department.closed_on is None


def _posts(_admin: Any, _request: HttpRequest, department: Department) -> type[forms.Form]:
    return end_post_form(department)


def _says_merging(_admin: Any, _request: HttpRequest, department: Department) -> str:
    count = department.assignments.filter(ended_at__isnull=True).exclude(proposal__state=ProposalState.CLOSED).count()
    return (
        f"{department}自该日起撤销，未办结的 {count:,} 项交办连同答复草稿、"
        "承诺事项和意见建议转给并入的部门，原部门各项职责同时结束；已答复的仍记在原部门名下。"
    )


def _holding(words: str, duty: DepartmentDuty, *, nobody: str = "") -> Any:
    """Return the column of who holds a duty, and what stands there for a department that stands without anybody."""

    @display(description=words)
    def shown(_admin: Any, department: Any) -> str:
        names = "、".join(post.person.name for post in department.held if post.duty == duty)
        return names or ("" if department.closed_on else nobody)

    return shown


@admin.register(Department)
class DepartmentAdmin(PortalModelAdmin[Department]):
    list_display = ("named", "contacts", "heads", "leaders", "open_count", "overdue_count")
    search_fields = ("name", "code")
    list_filter = (("closed_on", admin.EmptyFieldListFilter),)
    fields = ("name",)
    code_field = "code"
    inlines = (PostInline,)
    contacts, heads = _holding("联系人", DepartmentDuty.CONTACT), _holding("负责人", DepartmentDuty.HEAD)
    # Without a leader nobody could sign.
    leaders = _holding("分管领导", DepartmentDuty.LEADER, nobody="未登记")
    open_count, overdue_count = column("在办", "in_hand"), column("已逾期", "late")
    actions_detail = ("appoint", "end_post", "merge_department")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Department]:
        """Read posts and open proposals along."""
        today = timezone.localdate()
        posts: Any = DepartmentPost.objects.all()
        in_hand = Q(ended_at__isnull=True, proposal__state__in=[*IN_HAND, ProposalState.SIGNING])
        rows: QuerySet[Department] = (
            super()
            .get_queryset(request)
            .select_related("merged_into")
            .annotate(
                in_hand=how_many_of(Department, "assignments", in_hand),
                late=how_many_of(Department, "assignments", in_hand & Q(proposal__due_on__lt=today)),
            )
            .prefetch_related(Prefetch("posts", posts.in_force(on=today).select_related("person"), to_attr="held"))
        )
        return rows

    @display(description="名称", ordering="name")
    def named(self, department: Department) -> str:
        """Say of a department that is no more what became of it."""
        if department.merged_into:
            return f"{department.name}（{department.closed_on} 并入{department.merged_into}）"
        return f"{department.name}（{department.closed_on} 撤销）" if department.closed_on else department.name

    @object_action(
        description="登记承办人员",
        permission="congress.change_department",
        form=AppointForm,
        offered=_stands,
        primary=True,
    )
    def appoint(
        self, request: HttpRequest, subject: Department, person: Person, duty: DepartmentDuty, on: dt.date
    ) -> str:
        del request
        departments.appoint(department=subject, person=person, duty=duty, on=on)
        return f"{person.name}自 {on} 起负责{subject}的提案承办。其账号凭一次性登录码启用。"

    @object_action(description="结束职责", permission="congress.change_department", form=_posts, offered=_stands)
    def end_post(self, request: HttpRequest, subject: Department, post: DepartmentPost, on: dt.date) -> str:
        del request, subject
        departments.end_post(post=post, on=on)
        return f"{post.person.name}的职责于 {on} 结束。"

    @object_action(
        description="并入其他部门",
        permission="congress.change_department",
        form=MergeDepartmentForm,
        confirmation=_says_merging,
        offered=_stands,
        grave=True,
    )
    def merge_department(self, request: HttpRequest, subject: Department, into: Department, on: dt.date) -> str:
        moved = departments.merge(department=subject, into=into, on=on, actor=account_of(request))
        return f"{subject}已并入{into}，转交 {moved:,} 项交办。"
