"""Departments: who answers for them, how much they have open, and their mergers."""

import datetime as dt
from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.db.models import Count, Prefetch, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from congress.bodies.admin import HANDLING_STYLES, actor
from congress.departments import services as departments
from congress.departments.enums import DepartmentDuty
from congress.departments.forms import AppointForm, MergeDepartmentForm, end_post_form
from congress.departments.models import Department, DepartmentPost
from congress.proposals.enums import IN_HAND, ProposalState
from members.people.models import Person
from union_portal.base.admin import PortalModelAdmin, PortalTabularInline, display, object_action


class PostInline(PortalTabularInline[DepartmentPost, Department]):
    """Who answered for it and when; appointed and ended by steps."""

    model = DepartmentPost
    fields = ("person", "duty", "valid_from", "valid_to")
    readonly_fields = fields
    ordering = ("duty", "-valid_from")
    show_change_link = False

    def get_queryset(self, request: HttpRequest) -> Any:
        """Read the people along."""
        return super().get_queryset(request).select_related("person")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002
        """Appointed by a step."""
        return False


def _stands(department: Department) -> bool:
    return department.closed_on is None


def _posts(_admin: Any, _request: HttpRequest, department: Department) -> type[forms.Form]:
    return end_post_form(department)


def _says_merging(_admin: Any, _request: HttpRequest, department: Department) -> str:
    count = department.assignments.filter(ended_at__isnull=True).exclude(proposal__state=ProposalState.CLOSED).count()
    return (
        f"{department}自该日起撤销，未办结的 {count} 项交办连同答复草稿、"
        "承诺事项和意见建议转给并入的部门，原部门各项职责同时结束；已答复的仍记在原部门名下。"
    )


@admin.register(Department)
class DepartmentAdmin(PortalModelAdmin[Department]):
    """Departments."""

    list_display = ("name", "contacts", "heads", "leaders", "open_count", "overdue_count", "standing")
    search_fields = ("name", "code")
    list_filter = (("closed_on", admin.EmptyFieldListFilter),)
    fields = ("name",)
    code_field = "code"
    inlines = (PostInline,)
    actions_detail = ("appoint", "end_post", "merge_department")

    class Media:
        css: ClassVar[dict[str, list[str]]] = HANDLING_STYLES

    def get_queryset(self, request: HttpRequest) -> QuerySet[Department]:
        """Read posts and open proposals along."""
        today = timezone.localdate()
        posts: Any = DepartmentPost.objects.all()
        living = Q(assignments__ended_at__isnull=True)
        in_hand = living & Q(assignments__proposal__state__in=[*IN_HAND, ProposalState.SIGNING])
        rows: QuerySet[Department] = (
            super()
            .get_queryset(request)
            .select_related("merged_into")
            .annotate(
                in_hand=Count("assignments", filter=in_hand, distinct=True),
                late=Count("assignments", filter=in_hand & Q(assignments__proposal__due_on__lt=today), distinct=True),
            )
            .prefetch_related(Prefetch("posts", posts.in_force(on=today).select_related("person"), to_attr="held"))
        )
        return rows

    @display(description="联系人")
    def contacts(self, department: Any) -> str:
        """Name them."""
        return _names(department, DepartmentDuty.CONTACT)

    @display(description="负责人")
    def heads(self, department: Any) -> str:
        """Name them."""
        return _names(department, DepartmentDuty.HEAD)

    @display(description="分管领导")
    def leaders(self, department: Any) -> str:
        """Name them; without one nobody could sign."""
        return _names(department, DepartmentDuty.LEADER) or ("" if department.closed_on else "未登记")

    @display(description="在办", ordering="in_hand")
    def open_count(self, department: Any) -> int:
        """Count what it is working on."""
        return int(department.in_hand)

    @display(description="已逾期", ordering="late")
    def overdue_count(self, department: Any) -> int:
        """Count what is late."""
        return int(department.late)

    @display(description="状态")
    def standing(self, department: Department) -> str:
        """Say whether it was merged or closed."""
        if department.merged_into:
            return f"{department.closed_on} 并入{department.merged_into}"
        return f"{department.closed_on} 撤销" if department.closed_on else ""

    @object_action(
        description="登记承办人员",
        permission="congress.change_department",
        form=AppointForm,
        offered=_stands,
        primary=True,
    )
    def appoint(
        self, request: HttpRequest, subject: Department, staff_number: Person, duty: DepartmentDuty, on: dt.date
    ) -> str:
        """Appoint somebody."""
        del request
        departments.appoint(department=subject, person=staff_number, duty=duty, on=on)
        return f"{staff_number.name}自 {on} 起负责{subject}的提案承办。其账号凭一次性登录码启用。"

    @object_action(description="结束职责", permission="congress.change_department", form=_posts, offered=_stands)
    def end_post(self, request: HttpRequest, subject: Department, post: DepartmentPost, on: dt.date) -> str:
        """End it."""
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
        """Merge it."""
        moved = departments.merge(department=subject, into=into, on=on, actor=actor(request))
        return f"{subject}已并入{into}，转交 {moved} 项交办。"


def _names(department: Any, duty: DepartmentDuty) -> str:
    return "、".join(post.person.name for post in department.held if post.duty == duty)
