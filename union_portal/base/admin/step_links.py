"""The steps of a row as links, and those that cannot be taken yet with what is in their way."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse


def step_links(model_admin: Any, request: HttpRequest, subject: Any) -> list[dict[str, Any]]:
    """Return the steps that are allowed, make sense and can succeed, as links; a note says what pressing one does."""
    return [
        {
            "name": _name(found, subject),
            "label": found.description,
            "note": getattr(found.method, "portal_note", ""),
            "address": reverse(f"{model_admin.admin_site.name}:{found.action_name}", args=[subject.pk]),
            "primary": str(getattr(found.variant, "value", "")) == "primary",
            "grave": str(getattr(found.variant, "value", "")) == "danger",
        }
        for found in model_admin.get_actions_detail(request, subject.pk)
    ]


def blocked_steps(model_admin: Any, request: HttpRequest, subject: Any) -> list[dict[str, Any]]:
    """Return the steps that would make sense but cannot succeed yet: what they are called, and what is in the way."""
    return [
        {"name": _name(found, subject), "label": found.description, "block": block}
        for found, block in model_admin.steps_of(request, subject.pk)
        if block is not None
    ]


def _name(step: Any, subject: Any) -> str:
    return str(step.action_name.rpartition(f"{subject._meta.model_name}_")[2])  # noqa: SLF001
