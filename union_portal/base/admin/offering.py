"""Which steps a page offers: those that are allowed, make sense for the row, and can succeed."""

from collections.abc import Callable
from functools import cache
from typing import Any

from django.http import HttpRequest

from union_portal.base.admin.blocks import Block


class OfferedStepsMixin:
    """Leaves out of the theme's steps what a rule, the row or something in the way forbids."""

    opts: Any
    get_object: Any

    def get_actions_detail(self, request: HttpRequest, object_id: Any) -> list[Any]:
        """Offer the steps that are allowed, make sense for this row and can succeed."""
        return [one for one, block in self.steps_of(request, object_id) if block is None]

    def steps_of(self, request: HttpRequest, object_id: Any) -> list[tuple[Any, Block | None]]:
        """Return the steps that are allowed and make sense, and what is in their way; asked once a request."""
        kept = request.__dict__.setdefault("portal_steps", {})
        key = (self.opts.label, str(object_id))
        if key not in kept:
            subject = self.get_object(request, str(object_id))
            # Several steps ask the same of the row.
            asked = cache(lambda offered: bool(offered(subject)))
            found = self._unfold("get_actions_detail", request, object_id)
            offered = [one for one in found if _offer(one, request, subject, asked)]
            kept[key] = [(one, self._block(one, request, subject)) for one in offered]
        found_before: list[tuple[Any, Block | None]] = kept[key]
        return found_before

    def _block(self, step: Any, request: HttpRequest, subject: Any) -> Block | None:
        asked = getattr(step.method, "portal_blocked", None)
        found: Block | None = asked(self, request, subject) if asked is not None and subject is not None else None
        return found

    def get_actions_list(self, request: HttpRequest) -> list[Any]:
        """Offer the steps that are allowed."""
        return [found for found in self._unfold("get_actions_list", request) if _offer(found, request, None)]

    def get_actions_row(self, request: HttpRequest) -> list[Any]:
        """Offer the steps that are allowed."""
        return [found for found in self._unfold("get_actions_row", request) if _offer(found, request, None)]

    def _unfold(self, name: str, *args: Any) -> list[Any]:
        actions: list[Any] = getattr(super(), name)(*args)
        return actions


def _offer(found: Any, request: HttpRequest, subject: Any, asked: Callable[[Any], bool] | None = None) -> bool:
    permission = getattr(found.method, "portal_permission", None)
    offered = getattr(found.method, "portal_offered", None)
    if permission is not None and not request.user.has_perm(permission, subject):
        return False
    return subject is None or offered is None or asked is None or asked(offered)
