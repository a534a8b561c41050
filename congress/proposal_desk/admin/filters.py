"""What the list of proposals can be narrowed to."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from congress.departments.models import Department
from congress.handling.enums import Duty, ExtensionState
from congress.handling.models import Assignment, Extension, FollowUp
from congress.proposals.enums import IN_HAND, WITH_OFFICE, ProposalState
from union_portal.base.admin.filters import Question, question


def _overdue(rows: Any) -> Any:
    return rows.filter(state__in=[*IN_HAND, ProposalState.SIGNING], due_on__lt=timezone.localdate())


def _asked(rows: Any) -> Any:
    return rows.filter(pk__in=Extension.objects.filter(state=ExtensionState.ASKED).values("proposal"))


def _promised(rows: Any) -> Any:
    return rows.filter(pk__in=FollowUp.objects.open().filter(due_on__lt=timezone.localdate()).values("proposal"))


NEEDS_A_HAND = question(
    title="待处理",
    name="needs",
    narrow={
        "overdue": ("已逾期", _overdue),
        "extension": ("已申请延期", _asked),
        "promise": ("承诺到期未报", _promised),
        "advice": ("待转办的意见建议", lambda rows: rows.filter(state__in=WITH_OFFICE, recorded=False)),
    },
)


class LeadFilter(Question):
    title = "主办部门"
    parameter_name = "lead"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:  # noqa: ARG002
        rows = Department.objects.filter(assignments__duty=Duty.LEAD).distinct()
        return [(str(pk), name) for pk, name in rows.values_list("pk", "name")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:  # noqa: ARG002
        value = self.value() or ""
        if not value.isdecimal():
            return queryset
        return queryset.filter(pk__in=Assignment.objects.leads().filter(department=int(value)).values("proposal"))
