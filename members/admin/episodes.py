"""The dated rows below a person, to look at: they come and go through services."""

from typing import Any

from django.http import HttpRequest

from members.models import BranchAssignment, Cohort, Kinship, Membership, Office, Term
from union_portal.base.admin import PortalTabularInline, scoped


class _ReadOnly(PortalTabularInline[Any, Any]):
    extra = 0
    can_delete = False
    show_change_link = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002
        """Services add."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002
        """Services change."""
        return False

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002
        """The rows are scoped one by one; the list as a whole is asked here."""
        return bool(request.user.has_perm(f"members.view_{self.opts.model_name}"))

    def get_queryset(self, request: HttpRequest) -> Any:
        """Show only rows the account may see."""
        return scoped(super().get_queryset(request), request)


class MembershipInline(_ReadOnly):
    model = Membership
    fields = ("valid_from", "valid_to", "state", "began_by", "ended_by", "counterpart", "document")
    ordering = ("-valid_from",)

    def get_queryset(self, request: HttpRequest) -> Any:
        """Fetch what the rows name."""
        return super().get_queryset(request).select_related("person")


class AssignmentInline(_ReadOnly):
    model = BranchAssignment
    fields = ("branch", "valid_from", "valid_to")
    ordering = ("-valid_from",)

    def get_queryset(self, request: HttpRequest) -> Any:
        """Fetch what the rows name."""
        return super().get_queryset(request).select_related("branch", "person")


class OfficeInline(_ReadOnly):
    model = Office
    fields = ("term", "position", "valid_from", "valid_to", "by_election")
    ordering = ("-valid_from",)

    def get_queryset(self, request: HttpRequest) -> Any:
        """Fetch what the rows name."""
        return super().get_queryset(request).select_related("term__branch", "person")


class CohortInline(_ReadOnly):
    model = Cohort
    fields = ("kind", "valid_from", "valid_to", "document")
    ordering = ("-valid_from",)

    def get_queryset(self, request: HttpRequest) -> Any:
        """Fetch what the rows name."""
        return super().get_queryset(request).select_related("kind", "person")


class KinInline(_ReadOnly):
    model = Kinship
    fk_name = "person"
    fields = ("relation", "related")

    def get_queryset(self, request: HttpRequest) -> Any:
        """Fetch what the rows name."""
        return super().get_queryset(request).select_related("related")


class TermInline(_ReadOnly):
    model = Term
    fields = ("number", "began_on", "ends_on", "requested_on", "approved_on", "document")
    show_change_link = True
    ordering = ("-number",)


class OfficersInline(_ReadOnly):
    model = Office
    fields = ("person", "position", "valid_from", "valid_to", "by_election")
    show_change_link = True

    def get_queryset(self, request: HttpRequest) -> Any:
        """Fetch what the rows name."""
        return super().get_queryset(request).select_related("person")


PERSON_INLINES = (MembershipInline, AssignmentInline, OfficeInline, CohortInline, KinInline)
__all__ = ["PERSON_INLINES", "OfficersInline", "TermInline"]
