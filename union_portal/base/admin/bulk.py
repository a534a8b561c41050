"""Steps on many chosen rows: a page says what will happen to how many, then they go all or none."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from union_portal.base.admin import add_refusal, dress
from union_portal.base.asked import keys_in
from union_portal.base.errors import DomainError


class _Plain(forms.Form):
    pass


def bulk_action(
    *, description: str, sentence: str, form: type[forms.Form] = _Plain, permission: str = "change"
) -> Callable[[Callable[..., str]], Callable[..., HttpResponseBase]]:
    """Turn `method(self, request, rows, **cleaned_data)` into an action of a list, with a page to confirm.

    `sentence` has a place %(count)s for how many; the method calls a service and returns what was done, in words.
    The chosen keys travel in one field, so that 2,000 rows pass as well as two.
    """

    def decorate(perform: Callable[..., str]) -> Callable[..., HttpResponseBase]:
        @wraps(perform)
        def page(self: Any, request: HttpRequest, queryset: "QuerySet[Any]") -> HttpResponseBase:
            sent = request.POST.get("keys", "")
            keys = keys_in(sent.split(","))
            confirmed = bool(keys)
            rows = queryset.filter(pk__in=keys) if confirmed else queryset
            keys = list(rows.order_by("pk").values_list("pk", flat=True))
            filled = form(request.POST if confirmed else None)
            dress(filled)
            if confirmed and filled.is_valid():
                try:
                    done = perform(self, request, list(rows), **filled.cleaned_data)
                except (DomainError, ValidationError) as error:
                    add_refusal(filled, error)
                else:
                    messages.success(request, done)
                    return redirect(request.get_full_path())
            context = {
                **self.admin_site.each_context(request),
                "opts": self.opts,
                "title": description,
                "form": filled,
                "confirmation": sentence % {"count": f"{len(keys):,}"},
                "keys": ",".join(str(key) for key in keys),
                "first": keys[0] if keys else "",
                "action": perform.__name__,
                "back": request.get_full_path(),
            }
            return TemplateResponse(request, "base/admin/bulk.html", context, status=422 if filled.errors else 200)

        page.__dict__.update({"short_description": description, "allowed_permissions": (permission,)})
        return page

    return decorate
