"""A step that begins without a person: found by typing, then the step's own page, which names them."""

from functools import partial
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse

from members.people.forms import PersonField
from members.people.models import Person
from union_portal.base.admin import dress
from union_portal.base.admin.forms import one_picker
from union_portal.base.admin.picking import offer

# What may be begun from the desk; the person's page has the same steps in its menu.
STEPS = (
    *("admit_member", "transfer_member", "retire_member", "leave_union"),
    *("resume_membership", "record_death_of", "rename_member", "correct_entry"),
)


class ChoosingForm(forms.Form):
    """Whom a step is about: listed are those who can take it, and whoever else is named is told why not."""

    def __init__(self, *args: Any, step: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"] = PersonField(label="姓名、工号或拼音", listed=step)


def choosing_form(request: HttpRequest, step: str) -> ChoosingForm:
    """Return the form for whoever asks, as it is shown."""
    form = ChoosingForm(request.GET if "person" in request.GET else None, step=step)
    offer(form, request)
    dress(form)
    return form


def pages(model_admin: Any) -> list[URLPattern]:
    """Return the addresses: one for every step."""
    view = model_admin.admin_site.admin_view
    return [
        path(
            f"do/{step.replace('_', '-')}/",
            view(partial(_page, model_admin, step)),
            name=f"members_person_do_{step}",
        )
        for step in STEPS
    ]


def step_address(step: str, person: Person) -> str:
    """Return the step's own page."""
    return reverse(f"admin:members_person_{step}", args=[person.pk])


def _page(model_admin: Any, step: str, request: HttpRequest) -> HttpResponseBase:
    """Ask for whom, and go on with the step; who has nothing of the kind to record is told so."""
    method = getattr(model_admin, step)
    if not request.user.has_perm(method.portal_permission):
        raise PermissionDenied
    form, person = choosing_form(request, step), None
    if form.is_bound and form.is_valid():
        person = model_admin.get_object(request, str(form.cleaned_data["person"].pk))
    if person is not None and method.portal_offered(person):
        return redirect(step_address(step, person))
    context = {
        **model_admin.admin_site.each_context(request),
        "opts": model_admin.opts,
        "title": method.short_description,
        "form": form,
        "media": one_picker(model_admin.media + form.media),
        "person": person,
        "why_not": _why_not(person, method.short_description) if person is not None else "",
        "address": reverse("admin:members_person_change", args=[person.pk]) if person is not None else "",
        "mourning": step == "record_death_of",
        "new": reverse("admin:members_person_add") if step == "admit_member" else "",
        "back": reverse("admin:members_person_changelist"),
    }
    return TemplateResponse(request, "members/register/choosing.html", context)


def _why_not(person: Any, step: str) -> str:
    """Say where somebody stands of whom there is nothing of the kind to record."""
    if person.died_on is not None:
        return f"{person}已于 {person.died_on} 去世，只能更正登记。"
    stands = "目前是会员" if person.membership_state_on else "目前不是会员"
    retired = f"，已登记于 {person.retired_on} 退休" if person.retired_on else ""
    return f"{person}{stands}{retired}，没有可以“{step}”的事项。已有登记有误的，请用“更正登记”。"
