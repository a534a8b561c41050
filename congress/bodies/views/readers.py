"""Who is at the page: a person of the register, or somebody of the union's office who looks at what members see."""

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from congress.bodies.querysets import sees_school
from members.people.models import Person
from union_portal.accounts.models import User
from union_portal.accounts.requests import account_of, without_second_factor
from union_portal.base.errors import Conflict, DomainError, Refused
from union_portal.base.forms import add_refusal

if TYPE_CHECKING:
    from django import forms
    from django.http import HttpResponse


def person_of(request: HttpRequest) -> Person:
    """Return the person behind the account; 404 for an account without one."""
    person: Person | None = Person.objects.filter(user=account_of(request)).first()
    if person is None:
        raise Http404
    return person


def reader_of(request: HttpRequest) -> User:
    """Return the account of somebody of the register or of the office; 404 for anybody else."""
    user = account_of(request)
    if not sees_school(user) and not Person.objects.filter(user=user).exists():
        raise Http404
    return user


def for_readers(view: Callable[..., Any]) -> Callable[..., Any]:
    """Open a page to read to everybody of the register and of the office, on the phone too."""

    @wraps(view)
    def page(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        reader_of(request)
        return view(request, *args, **kwargs)

    return without_second_factor(never_cache(require_GET(page)))


def page_with_form(
    request: HttpRequest, template: str, context: "dict[str, object]", *, form: "forms.Form | None" = None
) -> "HttpResponse":
    """Show a page; a form with errors keeps what was typed: 409 where somebody else was first, else 422."""
    status = 200
    if form is not None and form.errors:
        status = 409 if getattr(form, "overtaken", False) else 422
    return render(request, template, context, status=status)


def show_refusal(form: "forms.Form", error: DomainError) -> None:
    """Put a service's refusal into the form, at its field where it has one."""
    add_refusal(form, error)
    form.overtaken = isinstance(error, Conflict | Refused)  # type: ignore[attr-defined]
