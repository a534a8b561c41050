"""Nothing typed is lost: a page that closed while its form was open says why and shows the words to copy."""

from collections.abc import Callable, Iterator
from functools import wraps
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import render

from congress.bodies.portal import ClosedPage
from union_portal.accounts.models import User
from union_portal.base.errors import Conflict, DomainError
from union_portal.base.forms import add_refusal

View = Callable[..., HttpResponseBase]
Why = Callable[[User, int], ClosedPage | None]
Typed = Callable[[HttpRequest], forms.BaseForm]


def typed_words(form: forms.BaseForm | None) -> Iterator[tuple[str, str]]:
    """Yield label and words of what was typed or chosen; hidden and empty fields are left out."""
    for field in form or ():
        if field.is_hidden or not form or not form.is_bound:
            continue
        value = field.value()
        choices = {str(key): str(label) for key, label in getattr(field.field, "choices", ())}
        values = value if isinstance(value, list | tuple) else [value]
        words = "、".join(choices.get(str(one), str(one)) for one in values if one not in (None, "")).strip()
        if words:
            yield str(field.label), words


def with_version(form: forms.BaseForm, *, version: int) -> None:
    """Let a form that came too late be sent again: its words stay, its version is what the page shows now."""
    if isinstance(form.data, QueryDict):
        sent = form.data.copy()
        sent["version"] = str(version)
        form.data = sent


def status_of(error: DomainError) -> int:
    """Return the answer's status: 409 where somebody else was first."""
    return 409 if isinstance(error, Conflict) else 422


def refused(form: forms.BaseForm, error: DomainError, *, version: int | None = None) -> int:
    """Put a refusal into the form and return the answer's status; what came too late may be sent again as `version`."""
    add_refusal(form, error)
    if isinstance(error, Conflict) and version is not None:
        with_version(form, version=version)
    return status_of(error)


def no_button_words(form: forms.BaseForm) -> str:
    """Say why no button was heard: words that are too long, or a form sent without any."""
    first = next(iter(form.errors.values()), None)
    return str(first[0]) if first else "请点击其中一个按钮；尚未登记任何内容。"


def show_closed(request: HttpRequest, departure: ClosedPage, form: forms.BaseForm | None) -> HttpResponse:
    """Show why it is show_closed, with what was typed to copy."""
    context = {"departure": departure, "words": list(typed_words(form)), "posted": request.method == "POST"}
    return render(request, "congress/bodies/closed.html", context, status=departure.status)


def keep_typed_words(why: Why, typed: Typed) -> Callable[[View], View]:
    """Show whom a matter was taken from what became of it instead of “not found”; strangers still find nothing."""

    def around(view: View) -> View:
        @wraps(view)
        def inner(request: HttpRequest, *args: Any, pk: int | None = None, **kwargs: Any) -> HttpResponseBase:
            found = {} if pk is None else {"pk": pk}
            try:
                return view(request, *args, **found, **kwargs)
            except (Http404, PermissionDenied):
                departure = why(request.user, pk or 0) if isinstance(request.user, User) else None
                if departure is None:
                    raise
                return show_closed(request, departure, typed(request) if request.method == "POST" else None)

        return inner

    return around
