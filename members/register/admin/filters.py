"""What the list of people can be narrowed by, all as of today."""

from collections.abc import Iterator
from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from members.branches.models import Branch
from members.cohorts.models import Cohort, CohortKind
from members.memberships.models import Membership
from members.people.enums import Employment, MembershipState, PersonKind
from union_portal.base.admin.filters import Question
from union_portal.base.asked import keys_in


class BranchFilter(Question):
    """The branch today, with the groups below it."""

    title = "分工会"
    parameter_name = "branch"

    def lookups(self, request: HttpRequest, _model_admin: Any) -> list[tuple[str, str]]:
        user: Any = request.user
        rows = Branch.objects.visible_to(user).standing(on=timezone.localdate())
        return [(str(pk), name) for pk, name in rows.values_list("pk", "name")]

    def queryset(self, _request: HttpRequest, queryset: "QuerySet[Any]") -> "QuerySet[Any]":
        keys = keys_in([self.value() or ""])
        if not keys:
            return queryset
        people: Any = queryset
        found: QuerySet[Any] = people.in_branch(Branch.objects.with_groups(*keys), on=timezone.localdate())
        return found


class MembershipFilter(Question):
    """Whether a member today."""

    title = "今日会籍"
    parameter_name = "membership"

    def lookups(self, _request: HttpRequest, _model_admin: Any) -> list[tuple[str, Any]]:
        return [*MembershipState.choices, ("none", "非会员")]

    def queryset(self, _request: HttpRequest, queryset: "QuerySet[Any]") -> "QuerySet[Any]":
        value = self.value()
        people: Any = queryset
        today = timezone.localdate()
        if value == "none":
            return queryset.exclude(pk__in=people.members(on=today, state=None).order_by().values("pk"))
        if value in MembershipState.values:
            found: QuerySet[Any] = people.members(on=today, state=MembershipState(str(value)))
            return found
        return queryset


class KindFilter(admin.SimpleListFilter):
    """Which part of the register: of itself the school's own people who are there, working or retired."""

    title = "名册"
    parameter_name = "kind"

    def lookups(self, _request: HttpRequest, _model_admin: Any) -> list[tuple[str, Any]]:
        return [
            ("staff", "在职"),
            ("retiree", "离退休"),
            ("others", "家属与其他"),
            ("gone", "已转出或去世"),
            ("all", "全部人员"),
        ]

    def choices(self, changelist: Any) -> Iterator[Any]:
        """Call the answer that nobody chose by what it holds."""
        for number, choice in enumerate(super().choices(changelist)):
            yield choice if number else {**choice, "display": "在职与离退休"}

    def queryset(self, _request: HttpRequest, queryset: "QuerySet[Any]") -> "QuerySet[Any]":
        people: Any = queryset
        value, today = self.value(), timezone.localdate()
        gone = Q(died_on__isnull=False) | Q(pk__in=Membership.objects.transferred(on=today).order_by().values("person"))
        if value == "all":
            return queryset
        if value == "gone":
            return queryset.filter(gone)
        if value == "others":
            others: QuerySet[Any] = people.of_kind(PersonKind.KIN, PersonKind.OUTSIDER, on=today)
            return others
        kinds = [value] if value in {PersonKind.STAFF, PersonKind.RETIREE} else [PersonKind.STAFF, PersonKind.RETIREE]
        found: QuerySet[Any] = people.of_kind(*kinds, on=today).exclude(gone)
        return found


class EmploymentFilter(Question):
    """How somebody is employed today."""

    title = "用工形式"
    parameter_name = "employment"

    def lookups(self, _request: HttpRequest, _model_admin: Any) -> list[tuple[str, Any]]:
        return list(Employment.choices)

    def queryset(self, _request: HttpRequest, queryset: "QuerySet[Any]") -> "QuerySet[Any]":
        people: Any = queryset
        value = self.value()
        found: QuerySet[Any] = people.employed_as(value, on=timezone.localdate()) if value else queryset
        return found


class CohortFilter(Question):
    """Special groups; those that say something about health only for who may know."""

    title = "特殊群体"
    parameter_name = "cohort"

    def lookups(self, request: HttpRequest, _model_admin: Any) -> list[tuple[str, str]]:
        kinds = CohortKind.objects.all()
        if not request.user.has_perm("members.view_kinship"):
            kinds = kinds.filter(sensitive=False)
        return list(kinds.values_list("code", "name"))

    def queryset(self, request: HttpRequest, queryset: "QuerySet[Any]") -> "QuerySet[Any]":
        value = self.value()
        if not value or value not in {code for code, _name in self.lookups(request, None)}:
            return queryset
        return queryset.filter(pk__in=Cohort.objects.people([value], on=timezone.localdate()))


class BirthMonthFilter(Question):
    """The month of the birthday."""

    title = "出生月份"
    parameter_name = "month"

    def lookups(self, _request: HttpRequest, _model_admin: Any) -> list[tuple[str, str]]:
        return [(str(month), str(month)) for month in range(1, 13)]

    def queryset(self, _request: HttpRequest, queryset: "QuerySet[Any]") -> "QuerySet[Any]":
        months = keys_in([self.value() or ""])
        return queryset.filter(birth_date__month__in=months) if months else queryset
