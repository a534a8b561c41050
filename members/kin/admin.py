"""A person's relatives, to look at."""

from typing import Any

from django.http import HttpRequest

from members.kin.models import Kinship
from members.people.admin import EpisodeInline


class KinInline(EpisodeInline):
    model = Kinship
    fk_name = "person"
    fields = ("relation", "related")

    def get_queryset(self, request: HttpRequest) -> Any:
        """Fetch what the rows name."""
        return super().get_queryset(request).select_related("related")
