"""A person's memberships, to look at."""

from typing import Any

from django.http import HttpRequest

from members.memberships.models import Membership
from members.people.admin import EpisodeInline


class MembershipInline(EpisodeInline):
    model = Membership
    fields = ("valid_from", "valid_to", "state", "began_by", "ended_by", "counterpart", "document")
    ordering = ("-valid_from",)

    def get_queryset(self, request: HttpRequest) -> Any:
        """Fetch what the rows name."""
        return super().get_queryset(request).select_related("person")
