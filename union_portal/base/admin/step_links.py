"""The steps of a row that stands on another row's page, as links."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse


def step_links(model_admin: Any, request: HttpRequest, subject: Any) -> list[dict[str, Any]]:
    """Return the steps that are allowed and make sense, as links."""
    return [
        {
            "name": found.action_name.rpartition(f"{subject._meta.model_name}_")[2],  # noqa: SLF001
            "label": found.description,
            "address": reverse(f"{model_admin.admin_site.name}:{found.action_name}", args=[subject.pk]),
            "primary": str(getattr(found.variant, "value", "")) == "primary",
            "grave": str(getattr(found.variant, "value", "")) == "danger",
        }
        for found in model_admin.get_actions_detail(request, subject.pk)
    ]
