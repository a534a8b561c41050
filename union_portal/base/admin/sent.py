"""The desk's part of `union_portal.base.sending`: forms of new rows and of steps carry a key and work once."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from union_portal.base.sending import AGAIN, KEY, Sending, new_key, once


def again(request: HttpRequest, sending: Sending) -> HttpResponse:
    """Lead a form that was sent before to what it made then."""
    messages.info(request, AGAIN)
    response: HttpResponse = redirect(sending.led_to or request.path)
    return response


class SentOnceMixin:
    """Gives the form of a new row its key, and makes one row of however many sendings."""

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None) -> Any:
        """Make the row once; where the form is sent again, show the row that it made."""
        view: Any = super().add_view  # type: ignore[misc]
        context = {**(extra_context or {}), "sent_key": request.POST.get(KEY) or new_key()}
        if request.method != "POST":
            return view(request, form_url, context)
        with once(request=request) as sending:
            if sending.led_to is not None:
                return again(request, sending)
            response = view(request, form_url, context)
            sending.note(getattr(request, "portal_made", ""))
            return response

    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: str | None = None) -> Any:
        """Note the row that was made."""
        request.portal_made = self.page_of(request, obj)  # type: ignore[attr-defined]
        return super().response_add(request, obj, post_url_continue)  # type: ignore[misc]

    def page_of(self, request: HttpRequest, obj: Any) -> str:
        """Return the address that shows the row to this account: its own page, or the list."""
        site, opts = self.admin_site, self.opts  # type: ignore[attr-defined]
        name = f"{site.name}:{opts.app_label}_{opts.model_name}"
        if self.has_view_permission(request, obj):  # type: ignore[attr-defined]
            return reverse(f"{name}_change", args=[obj.pk])
        return reverse(f"{name}_changelist")
