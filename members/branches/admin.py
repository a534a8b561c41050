"""Branches as a tree with their officers and terms; the steps are services."""

import datetime as dt
from typing import Any

from django import forms as django_forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html

from members.branches import forms as branches_forms
from members.branches.enums import Position
from members.branches.models import Branch, BranchAssignment, Office, Term
from members.branches.querysets import tree_path
from members.branches.services import offices, tree
from members.people.admin import EpisodeInline
from members.people.models import Person
from union_portal.base import forms as base_forms
from union_portal.base.admin import PortalModelAdmin, ReadOnlyModelAdmin, adopt, object_action
from union_portal.base.errors import Refused


class AssignmentInline(EpisodeInline):
    model = BranchAssignment
    fields = ("branch", "valid_from", "valid_to")
    ordering = ("-valid_from",)

    def get_queryset(self, request: HttpRequest) -> Any:
        """Fetch what the rows name."""
        return super().get_queryset(request).select_related("branch", "person")


class OfficeInline(EpisodeInline):
    model = Office
    fields = ("term", "position", "valid_from", "valid_to", "by_election")
    ordering = ("-valid_from",)

    def get_queryset(self, request: HttpRequest) -> Any:
        """Fetch what the rows name."""
        return super().get_queryset(request).select_related("term__branch", "person")


class TermInline(EpisodeInline):
    model = Term
    fields = ("number", "began_on", "ends_on", "requested_on", "approved_on", "document")
    show_change_link = True
    ordering = ("-number",)


class OfficersInline(EpisodeInline):
    model = Office
    fields = ("person", "position", "valid_from", "valid_to", "by_election")
    show_change_link = True

    def get_queryset(self, request: HttpRequest) -> Any:
        """Fetch what the rows name."""
        return super().get_queryset(request).select_related("person")


_DUE_WITHIN = 90


def _stands(branch: Branch) -> bool:
    return branch.dissolved_on is None


class StandingFilter(admin.SimpleListFilter):
    """Whether a branch exists today."""

    title = "状态"
    parameter_name = "standing"

    def lookups(self, _request: HttpRequest, _model_admin: Any) -> list[tuple[str, Any]]:
        """Offer past branches and those whose term is due."""
        return [("due", "即将换届"), ("past", "已撤销或合并")]

    def queryset(self, _request: HttpRequest, queryset: "QuerySet[Any]") -> "QuerySet[Any]":
        """Keep the branches that stand, unless asked otherwise."""
        today = timezone.localdate()
        branches: Any = queryset
        standing: QuerySet[Any] = branches.standing(on=today)
        if self.value() == "past":
            return queryset.filter(dissolved_on__lte=today)
        if self.value() == "due":
            return standing.filter(pk__in=Term.objects.due(on=today, within=_DUE_WITHIN).order_by().values("branch"))
        return standing


@admin.register(Branch)
class BranchAdmin(PortalModelAdmin[Branch]):
    """The tree."""

    list_display = ("place", "code", "kind", "chair_today", "members_today", "term_end")
    search_fields = ("name", "code")
    list_filter = (StandingFilter, "kind")
    list_per_page = 100
    fields = (("code", "name", "kind"), ("parent", "founded_on"), ("dissolved_on", "merged_into"))
    readonly_fields = ("dissolved_on", "merged_into")
    inlines = (TermInline,)
    actions_detail = ("begin_term", "elect_officer", "merge_into", "dissolve")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Branch]:
        """Put the branches in the tree's order, with what the list says about each."""
        branches: Any = super().get_queryset(request)
        found: QuerySet[Branch] = branches.as_tree().with_state(on=timezone.localdate())
        return found

    def get_ordering(self, request: HttpRequest) -> Any:  # noqa: ARG002
        """Keep the tree's order."""
        return [tree_path().asc()]

    def get_inlines(self, request: HttpRequest, obj: Branch | None) -> Any:
        """Terms begin with the branch."""
        return super().get_inlines(request, obj) if obj is not None else ()

    def save_model(self, request: HttpRequest, obj: Branch, form: django_forms.Form, change: bool) -> None:  # noqa: ARG002
        """Found or change through the services."""
        values = form.cleaned_data
        if change:
            changes = {name: values[name] for name in form.changed_data}
            adopt(obj, tree.change_branch(branch=obj, **changes))
            return
        made = tree.found_branch(
            code=values["code"],
            name=values["name"],
            kind=values["kind"],
            parent=values["parent"],
            on=values["founded_on"],
        )
        adopt(obj, made)

    @admin.display(description="分工会")
    def place(self, branch: Any) -> str:
        """Indent the name by its depth."""
        return format_html("{}{}", "　" * branch.depth, branch.name)

    @admin.display(description="主席")
    def chair_today(self, branch: Any) -> str:
        """Name who chairs today."""
        return branch.chair_on or "—"

    @admin.display(description="会员")
    def members_today(self, branch: Any) -> int:
        """Count the active members today."""
        return int(branch.members_on)

    @admin.display(description="届满")
    def term_end(self, branch: Any) -> str:
        """Say when 换届 is due."""
        if branch.term_ends_on is None:
            return "—"
        days = (branch.term_ends_on - timezone.localdate()).days
        if days < 0:
            return f"{branch.term_ends_on}，已逾期"
        if days <= _DUE_WITHIN:
            return f"{branch.term_ends_on}，还剩 {days} 天"
        return str(branch.term_ends_on)

    @object_action(
        description="开始新一届",
        permission="members.add_term",
        form=branches_forms.TermForm,
        offered=_stands,
        icon="event",
        primary=True,
    )
    def begin_term(self, _request: HttpRequest, subject: Branch, **dates: Any) -> str:
        """Begin a term."""
        term = offices.start_term(branch=subject, **dates)
        return f"{subject.name}第 {term.number} 届已开始。"

    @object_action(
        description="登记任职",
        permission="members.add_office",
        form=branches_forms.ElectForm,
        offered=_stands,
        icon="how_to_vote",
    )
    def elect_officer(
        self, _request: HttpRequest, subject: Branch, *, on: dt.date, staff_number: Person, position: str
    ) -> str:
        """Elect in the term of the day."""
        term = Term.objects.filter(branch=subject).current(on=on).first()
        if term is None:
            raise Refused(f"{subject.name}在那一天没有任期，请先开始新一届。")
        office = offices.elect(person=staff_number, term=term, position=Position(position), on=on)
        return f"已登记：{office}。"

    @object_action(
        description="并入其他分工会",
        permission="members.change_branch",
        form=branches_forms.MergeForm,
        confirmation=lambda _admin, _request, branch: (
            f"自该日起，{branch.name}的全部人员和工会小组转入另一分工会，历史记录保留。"
        ),
        offered=_stands,
        icon="merge",
        grave=True,
    )
    def merge_into(self, _request: HttpRequest, subject: Branch, *, on: dt.date, into: Branch) -> str:
        """Merge."""
        count = tree.merge_branch(branch=subject, into=into, on=on)
        return f"{count} 人已转入{into.name}。"

    @object_action(
        description="撤销",
        permission="members.change_branch",
        form=base_forms.OnForm,
        offered=_stands,
        icon="delete",
        grave=True,
    )
    def dissolve(self, _request: HttpRequest, subject: Branch, *, on: dt.date) -> str:
        """Dissolve."""
        tree.dissolve_branch(branch=subject, on=on)
        return f"{subject.name}已撤销。"


@admin.register(Term)
class TermAdmin(ReadOnlyModelAdmin[Term]):
    """Terms with their officers."""

    list_display = ("branch", "number", "began_on", "ends_on", "approved_on")
    list_select_related = ("branch",)
    list_filter = ("branch",)
    inlines = (OfficersInline,)


@admin.register(Office)
class OfficeAdmin(ReadOnlyModelAdmin[Office]):
    """Offices; they end by a step."""

    list_display = ("person", "branch_name", "position", "valid_from", "valid_to", "by_election")
    list_select_related = ("person", "term__branch")
    list_filter = ("position", "term__branch")
    search_fields = ("person__name", "person__staff_number")
    actions_detail = ("end",)

    @admin.display(description="分工会")
    def branch_name(self, office: Office) -> str:
        """Name the branch."""
        return office.term.branch.name

    @object_action(
        description="结束任职",
        permission="members.change_office",
        form=base_forms.OnForm,
        offered=lambda office: office.valid_to is None,
        icon="event_busy",
    )
    def end(self, _request: HttpRequest, subject: Office, *, on: dt.date) -> str:
        """End the office with the day."""
        offices.end_office(office=subject, on=on)
        return f"任职于 {on} 结束。"
