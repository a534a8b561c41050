"""Departments: who answers for them, how much they have open, and their mergers."""

import datetime as dt
from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.db.models import Count, Prefetch, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from congress.admin.acting import actor
from congress.admin.proposals import STYLES
from congress.enums import IN_HAND, DepartmentDuty, ProposalState
from congress.forms.handling import AppointForm, MergeDepartmentForm, end_post_form
from congress.models import Department, DepartmentPost
from congress.services import departments
from members.models import Person
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
    return _(
        "%(department)s is closed on the day. %(count)s open assignments, drafts, promises and suggestions go to the "
        "other department; its posts end. What it answered stays in its name."
    ) % {"department": department, "count": count}


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
        css: ClassVar[dict[str, list[str]]] = STYLES

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

    @display(description=gettext_lazy("contacts"))
    def contacts(self, department: Any) -> str:
        """Name them."""
        return _names(department, DepartmentDuty.CONTACT)

    @display(description=gettext_lazy("heads of department"))
    def heads(self, department: Any) -> str:
        """Name them."""
        return _names(department, DepartmentDuty.HEAD)

    @display(description=gettext_lazy("responsible leaders"))
    def leaders(self, department: Any) -> str:
        """Name them; without one nobody could sign."""
        return _names(department, DepartmentDuty.LEADER) or ("" if department.closed_on else _("not recorded"))

    @display(description=gettext_lazy("in hand"), ordering="in_hand")
    def open_count(self, department: Any) -> int:
        """Count what it is working on."""
        return int(department.in_hand)

    @display(description=gettext_lazy("overdue"), ordering="late")
    def overdue_count(self, department: Any) -> int:
        """Count what is late."""
        return int(department.late)

    @display(description=gettext_lazy("state"))
    def standing(self, department: Department) -> str:
        """Say whether it was merged or closed."""
        if department.merged_into:
            return _("merged into %(into)s on %(day)s") % {
                "into": department.merged_into,
                "day": department.closed_on,
            }
        return _("closed on %(day)s") % {"day": department.closed_on} if department.closed_on else ""

    @object_action(
        description=gettext_lazy("Appoint"),
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
        return _("%(person)s answers for %(department)s from %(day)s. The account opens by a one-time code.") % {
            "person": staff_number.name,
            "department": subject,
            "day": on,
        }

    @object_action(
        description=gettext_lazy("End a post"), permission="congress.change_department", form=_posts, offered=_stands
    )
    def end_post(self, request: HttpRequest, subject: Department, post: DepartmentPost, on: dt.date) -> str:
        """End it."""
        del request, subject
        departments.end_post(post=post, on=on)
        return _("The post of %(person)s ends on %(day)s.") % {"person": post.person.name, "day": on}

    @object_action(
        description=gettext_lazy("Merge into another department"),
        permission="congress.change_department",
        form=MergeDepartmentForm,
        confirmation=_says_merging,
        offered=_stands,
        grave=True,
    )
    def merge_department(self, request: HttpRequest, subject: Department, into: Department, on: dt.date) -> str:
        """Merge it."""
        moved = departments.merge(department=subject, into=into, on=on, actor=actor(request))
        return _("%(department)s was merged into %(into)s; %(count)s assignments moved.") % {
            "department": subject,
            "into": into,
            "count": moved,
        }


def _names(department: Any, duty: DepartmentDuty) -> str:
    return "、".join(post.person.name for post in department.held if post.duty == duty)
