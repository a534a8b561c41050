"""Branches as a tree with their officers and terms; the steps are services."""

import datetime as dt
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from members.branches.enums import BranchKind, Position
from members.branches.forms import ElectForm, MergeForm, elected, term_form
from members.branches.models import Branch, Office, Term
from members.branches.querysets import DUE_WITHIN, tree_path
from members.branches.services import offices, tree
from members.branches.services.boards import in_others, in_words, officers_of
from members.people.models import Person
from union_portal.base.admin import Block, EpisodeInline, ReadOnlyModelAdmin, RecordAdmin, object_action
from union_portal.base.errors import Refused
from union_portal.base.forms import OnForm

_DAY = dt.timedelta(days=1)


class TermInline(EpisodeInline):
    model = Term
    fields = ("number", "began_on", "ends_on", "requested_on", "approved_on", "document")
    show_change_link = True
    ordering = ("-number",)


class OfficersInline(EpisodeInline):
    model = Office
    fields = ("person", "position", "valid_from", "valid_to", "by_election", "full_time")
    show_change_link = True


def _stands(branch: Branch) -> bool:
    return branch.dissolved_on is None


def _without_term(branch: Branch) -> Block | None:
    if branch.terms.exists():
        return None
    begin = reverse("admin:members_branch_begin_term", args=[branch.pk])
    return Block("还没有届期，请先办理换届。", "办理换届", begin)


def _may_end(branch: Branch) -> bool:
    """The school's union itself is neither merged nor dissolved."""
    return _stands(branch) and branch.kind != BranchKind.SCHOOL


def _next_term(branch: Branch) -> dict[str, Any]:
    """Begin with today, and a term as long as the one before, or five years."""
    today = timezone.localdate()
    last = branch.terms.order_by("-number").first()
    length = last.ends_on - last.began_on if last is not None else dt.timedelta(days=5 * 365)
    return {"began_on": today, "ends_on": today + length}


class StandingFilter(admin.SimpleListFilter):
    """Whether a branch exists today."""

    title = "状态"
    parameter_name = "standing"

    def lookups(self, _request: HttpRequest, _model_admin: Any) -> list[tuple[str, Any]]:
        """Offer past branches and those whose term is due."""
        return [("due", "即将换届"), ("chairless", "没有主席"), ("past", "已撤销或合并")]

    def queryset(self, _request: HttpRequest, queryset: "QuerySet[Any]") -> "QuerySet[Any]":
        """Keep the branches that stand, unless asked otherwise."""
        today = timezone.localdate()
        branches: Any = queryset
        standing: QuerySet[Any] = branches.standing(on=today)
        if self.value() == "past":
            return queryset.filter(dissolved_on__lte=today)
        if self.value() == "due":
            return standing.filter(pk__in=Term.objects.due(on=today).order_by().values("branch"))
        if self.value() == "chairless":
            return standing.without_chair(on=today)  # type: ignore[attr-defined,no-any-return]
        return standing


@admin.register(Branch)
class BranchAdmin(RecordAdmin[Branch]):
    """The tree."""

    list_display = ("place", "code", "kind", "chair_today", "members_today", "term_end")
    search_fields = ("name", "code")
    list_filter = (StandingFilter, "kind")
    list_per_page = 100
    fields = (("name", "code"), ("kind", "parent"), ("founded_on", "dissolved_on"), "merged_into")
    readonly_fields = ("dissolved_on", "merged_into")
    inlines = (TermInline,)
    change_form_template = "members/branches/branch.html"
    actions_detail = ({"title": "办理", "items": ["begin_term", "elect_officer", "merge_into", "dissolve"]},)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Branch]:
        """Put the branches in the tree's order, with what the list says about each."""
        branches: Any = super().get_queryset(request)
        found: QuerySet[Branch] = branches.as_tree().with_state(on=timezone.localdate())
        return found

    def get_readonly_fields(self, request: HttpRequest, obj: Branch | None = None) -> Any:
        """Leave the name of the school's union to the page that says everything else of it."""
        fixed = ("name", "kind", "parent") if obj is not None and obj.kind == BranchKind.SCHOOL else ()
        return (*super().get_readonly_fields(request, obj), *fixed)

    def get_changeform_initial_data(self, request: HttpRequest) -> Any:
        """Found a new branch today unless told otherwise."""
        return {"founded_on": timezone.localdate().isoformat(), **super().get_changeform_initial_data(request)}

    def get_form(self, request: HttpRequest, obj: Branch | None = None, change: bool = False, **kwargs: Any) -> Any:
        """Ask for the founding day, unless an older row never had one."""
        form: Any = super().get_form(request, obj, change, **kwargs)
        if "founded_on" in form.base_fields:
            form.base_fields["founded_on"].required = obj is None or obj.founded_on is not None
        return form

    def above_form(self, request: HttpRequest, subject: Branch) -> dict[str, Any]:
        """Show who holds which post today, and the way to the members."""
        ends = request.user.has_perm("members.change_office")
        people = f"{reverse('admin:members_person_changelist')}?branch={subject.pk}"
        return {
            "offices": [
                {
                    "post": office.get_position_display(),
                    "person": office.person,
                    "since": office.valid_from,
                    "address": reverse("admin:members_person_change", args=[office.person_id]),
                    "end": reverse("admin:members_office_end", args=[office.pk]) if ends else "",
                }
                for office in officers_of(subject)
            ]
            if request.user.has_perm("members.view_office")
            else [],
            "people": people if request.user.has_perm("members.view_person") else "",
            "members": getattr(subject, "members_on", 0),
            "is_school": subject.kind == BranchKind.SCHOOL,
        }

    def get_ordering(self, request: HttpRequest) -> Any:  # noqa: ARG002
        """Keep the tree's order."""
        return [tree_path().asc()]

    @admin.display(description="分工会")
    def place(self, branch: Any) -> str:
        """Indent the name by its depth."""
        return format_html("{}{}", "　" * branch.depth, branch.name)

    @admin.display(description="主席")
    def chair_today(self, branch: Any) -> str:
        return branch.chair_on or "—"

    @admin.display(description="会员")
    def members_today(self, branch: Any) -> int:
        return int(branch.members_on)

    @admin.display(description="届满")
    def term_end(self, branch: Any) -> str:
        """Say when 换届 is due."""
        if branch.term_ends_on is None:
            return "—"
        days = (branch.term_ends_on - timezone.localdate()).days
        if days < 0:
            return f"{branch.term_ends_on}，已逾期"
        return f"{branch.term_ends_on}，还剩 {days} 天" if days <= DUE_WITHIN else str(branch.term_ends_on)

    @object_action(
        description="办理换届",
        permission="members.add_term",
        form=term_form,
        initial=_next_term,
        confirmation=lambda _admin, _request, branch: f"现任班子：{in_words(officers_of(branch)) or '没有登记'}。",
        offered=_stands,
        icon="how_to_vote",
        looked=True,
    )
    def begin_term(self, _request: HttpRequest, subject: Branch, **details: Any) -> str:
        """Begin a term with everybody who was elected."""
        officers = elected(details)
        before = [(one.position, one.person) for one in officers_of(subject, on=details["began_on"] - _DAY)]
        term = offices.start_term(branch=subject, officers=officers, **details)
        made = in_words(officers_of(subject, on=term.began_on)) or "尚未登记"
        stay = {(position, person.pk) for position, person in officers}
        left = [f"{person.name}（{Position(post).label}）" for post, person in before if (post, person.pk) not in stay]
        told = f"；随之卸任：{'、'.join(left)}" if left else ""
        return (
            f"{subject.name}第 {term.number} 届自 {term.began_on} 起，至 {term.ends_on} 届满，班子：{made}{told}。"
            f"{in_others(branch=subject, people=[person for _post, person in officers], on=term.began_on)}"
            "主席的账号角色不随之变更，由系统管理员另行授予和结束，已列入其待办。"
        )

    @object_action(
        description="登记任职",
        permission="members.add_office",
        form=ElectForm,
        offered=_stands,
        blocked=lambda _admin, _request, branch: _without_term(branch),
        icon="how_to_vote",
    )
    def elect_officer(
        self,
        _request: HttpRequest,
        subject: Branch,
        *,
        on: dt.date,
        person: Person,
        position: str,
        full_time: bool,
    ) -> str:
        """Elect in the term of the day."""
        term = Term.objects.filter(branch=subject).current(on=on).first()
        if term is None:
            raise Refused(f"{subject.name}在那一天没有任期，请先办理换届。", field="on")
        office = offices.elect(person=person, term=term, position=position, on=on, full_time=full_time)
        return f"已登记：{office}。{in_others(branch=subject, people=[person], on=office.valid_from)}"

    @object_action(
        description="并入其他分工会",
        permission="members.change_branch",
        form=MergeForm,
        confirmation=lambda _admin, _request, branch: (
            f"自该日起，{branch.name}的全部人员和工会小组转入另一分工会，历史记录保留。"
        ),
        offered=_may_end,
        icon="merge",
        grave=True,
    )
    def merge_into(self, _request: HttpRequest, subject: Branch, *, on: dt.date, into: Branch) -> str:
        """Merge."""
        count = tree.merge_branch(branch=subject, into=into, on=on)
        return f"{count:,} 人已转入{into.name}。"

    @object_action(
        description="撤销",
        permission="members.change_branch",
        form=OnForm,
        offered=_may_end,
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
    list_filter = ("branch",)
    inlines = (OfficersInline,)


@admin.register(Office)
class OfficeAdmin(ReadOnlyModelAdmin[Office]):
    """Offices; they end by a step."""

    list_display = ("person", "branch_name", "position", "valid_from", "valid_to")
    export_also = ("by_election", "full_time")
    list_select_related = ("person", "term__branch")
    list_filter = ("position", "term__branch")
    search_fields = ("person__name", "person__staff_number")
    actions_detail = ("end",)

    def back_from_step(self, subject: Office) -> str:
        """Lead back to the branch."""
        return reverse("admin:members_branch_change", args=[subject.term.branch_id])

    @admin.display(description="分工会")
    def branch_name(self, office: Office) -> str:
        return office.term.branch.name

    @object_action(
        description="结束任职",
        permission="members.change_office",
        form=OnForm,
        offered=lambda office: office.valid_to is None,
        icon="event_busy",
    )
    def end(self, _request: HttpRequest, subject: Office, *, on: dt.date) -> str:
        """End the office with the day."""
        offices.end_office(office=subject, on=on)
        return f"任职于 {on} 结束。"
