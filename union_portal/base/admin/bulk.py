"""Steps on many chosen rows of a list: a page says what will happen to how many, then they go all or none."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from union_portal.base.admin.forms import dress, one_picker
from union_portal.base.admin.picking import offer
from union_portal.base.admin.sent import again
from union_portal.base.asked import keys_in
from union_portal.base.errors import DomainError
from union_portal.base.forms import add_refusal
from union_portal.base.sending import KEY, new_key, once


class _Plain(forms.Form):
    pass


def bulk_action(
    *, description: str, sentence: str, form: type[forms.Form] = _Plain, permission: str = "change"
) -> Callable[[Callable[..., str]], Callable[..., HttpResponseBase]]:
    """Turn `method(self, request, rows, **cleaned_data)` into an action of a list, with a page to confirm.

    `sentence` has a place %(count)s for how many; `permission` is one of the admin's own (`has_X_permission`). The
    method calls a service and returns what was done, in words.
    """

    def decorate(method: Callable[..., str]) -> Callable[..., HttpResponseBase]:
        page = bulk_page(
            name=method.__name__,
            description=description,
            sentence=sentence,
            perform=lambda self, request, rows, **data: method(self, request, list(rows), **data),
            form=lambda _admin, _request: form,
        )
        page.__dict__["allowed_permissions"] = (permission,)
        return wraps(method)(page)

    return decorate


def bulk_page(
    *,
    name: str,
    description: str,
    sentence: str,
    perform: Callable[..., str],
    form: Callable[[Any, HttpRequest], type[forms.Form]],
    permission: str = "",
) -> Callable[..., HttpResponseBase]:
    """Return an action of a list; `perform(admin, request, rows, **cleaned_data)` says in words what was done.

    `permission`, where there is one, is asked with every chosen row. The keys travel in one field, so that 2,000 rows
    pass as well as two.
    """

    def page(self: Any, request: HttpRequest, queryset: "QuerySet[Any]") -> HttpResponseBase:
        sent = keys_in(request.POST.get("keys", "").split(","))
        rows = queryset.filter(pk__in=sent) if sent else queryset
        chosen = list(rows.order_by("pk"))
        if permission and not all(request.user.has_perm(permission, row) for row in chosen):
            raise PermissionDenied
        filled = form(self, request)(request.POST if sent else None)
        offer(filled, request)
        dress(filled)
        if sent and filled.is_valid():
            try:
                with once(request=request) as sending:
                    if sending.led_to is not None:
                        return again(request, sending)
                    done = perform(self, request, rows, **filled.cleaned_data)
                    sending.note(request.get_full_path())
            except (DomainError, ValidationError, IntegrityError) as error:
                add_refusal(filled, error)
            else:
                messages.success(request, done)
                return redirect(request.get_full_path())
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": description,
            "form": filled,
            "media": one_picker(self.media + filled.media),
            "confirmation": sentence % {"count": f"{len(chosen):,}"},
            "keys": ",".join(str(row.pk) for row in chosen),
            "first": chosen[0].pk if chosen else "",
            "action": name,
            "back": request.get_full_path(),
            "sent_key": request.POST.get(KEY) or new_key(),
        }
        return TemplateResponse(request, "base/admin/bulk.html", context, status=422 if filled.errors else 200)

    page.__name__ = name
    page.__dict__["short_description"] = description
    if permission:
        page.__dict__["portal_permission"] = permission
    return page
