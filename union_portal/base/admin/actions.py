"""Actions with a page of their own: what will happen is said first, then confirmed by POST."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from unfold.enums import ActionVariant

from union_portal.base.admin.blocks import Block
from union_portal.base.admin.forms import dress, one_picker
from union_portal.base.admin.looking import ALTER, SEALED, seal, sent
from union_portal.base.admin.picking import offer
from union_portal.base.admin.sent import again
from union_portal.base.errors import Conflict, DomainError, Refused
from union_portal.base.forms import add_refusal
from union_portal.base.sending import KEY, Sending, new_key, once

Perform = Callable[..., HttpResponseBase | str | None]


class _Plain(forms.Form):
    pass


def object_action(  # noqa: PLR0913
    *,
    description: str,
    permission: str,
    form: type[forms.BaseForm] | Callable[..., Callable[..., forms.BaseForm]] | None = None,
    initial: Callable[[Any], dict[str, Any]] | None = None,
    confirmation: Callable[..., str] | None = None,
    offered: Callable[[Any], bool] | None = None,
    blocked: Callable[..., Block | None] | None = None,
    note: str = "",
    icon: str | None = None,
    grave: bool = False,
    primary: bool = False,
    looked: bool = False,
    mourning: bool = False,
    template: str = "base/admin/action.html",
) -> Callable[[Perform], Callable[..., HttpResponseBase]]:
    """Turn `method(self, request, subject, **cleaned_data)` into an action for `actions_detail` or `actions_row`.

    `subject` comes through the admin's scoped queryset; for a list action (`actions_list`) it is None. `permission` is
    asked with the subject; `offered(subject)` hides the button where the step makes no sense; `blocked`, a function
    (admin, request, subject), says why it cannot succeed yet: there is no button then, and the step's page leads to
    what is missing. `note` says beside the button what pressing it does. `form` is a form class or a function (admin,
    request, subject) → form class; `confirmation` a function (admin, request, subject) → the sentence that says what
    will happen, to how many people and for how much. The method calls a service and returns a success sentence, a
    response, or None; a `DomainError` comes back at its field with the input kept. A `looked` step is first done and
    taken back, to show the sentence it would end with; then it is confirmed, or filled in anew from what was told. A
    `mourning` one keeps red out of sight.
    """

    def decorate(perform: Perform) -> Callable[..., HttpResponseBase]:
        @wraps(perform)
        def page(self: Any, request: HttpRequest, object_id: str | None = None, **_kwargs: Any) -> HttpResponseBase:
            subject = _permitted(self, request, object_id, permission)
            if (held_up := _held_up(self, request, subject, description, blocked)) is not None:
                return held_up
            back = _back(self, subject)
            filled = _filled(_asked(form, self, request, subject), request, initial(subject) if initial else None)
            sealed, said, looks = "", "", looked and SEALED not in request.POST
            slate = mourning or (subject is not None and self.is_mourning(subject))
            if request.method == "POST" and ALTER not in request.POST and filled.is_valid():
                try:
                    with _taken_back() if looks else once(request=request) as sending:
                        if sending.led_to is not None:
                            return again(request, sending)
                        outcome = perform(self, request, subject, **filled.cleaned_data)
                        sending.note(_led_to(outcome, back))
                except (DomainError, ValidationError, IntegrityError) as error:
                    add_refusal(filled, error)
                    if isinstance(error, Conflict):
                        _renew(filled, subject, request)
                else:
                    if not looks:
                        return _answer(request, outcome, back)
                    filled, sealed, said = _Plain(), seal(request), f"请核对，确认后办理：{outcome}"
            context = {
                **self.admin_site.each_context(request),
                "opts": self.opts,
                "original": subject,
                "title": self.step_title(description, subject),
                "verb": f"确认{description}" if sealed else "下一步" if looked else description,
                "form": filled,
                "media": one_picker(self.media + filled.media),
                "confirmation": said or (confirmation(self, request, subject) if confirmation else ""),
                "sealed": sealed,
                "grave": grave,
                "mourning": slate,
                "back": back,
                "sent_key": request.POST.get(KEY) or new_key(),
            }
            return TemplateResponse(request, template, context, status=422 if filled.errors else 200)

        options: dict[str, Any] = {
            "short_description": description,
            "icon": icon,
            "attrs": {},
            "variant": ActionVariant.DANGER if grave else ActionVariant.PRIMARY if primary else ActionVariant.DEFAULT,
            "portal_permission": permission,
            "portal_offered": offered,
            "portal_blocked": blocked,
            "portal_note": note,
            "url_path": perform.__name__.replace("_", "-"),
        }
        page.__dict__.update(options)
        return page

    return decorate


def _permitted(model_admin: Any, request: HttpRequest, object_id: str | None, permission: str) -> Any:
    """Return the row, None for an action of the list; raise PermissionDenied for whoever may not take the step."""
    subject = model_admin.subject_or_404(request, object_id) if object_id is not None else None
    if not request.user.has_perm(permission, subject):
        raise PermissionDenied
    return subject


def _held_up(
    model_admin: Any, request: HttpRequest, subject: Any, step: str, blocked: Callable[..., Block | None] | None
) -> HttpResponseBase | None:
    """Say why the step cannot be taken now, with the way to what is missing; None where it can, or was pressed."""
    block = blocked(model_admin, request, subject) if blocked and subject is not None else None
    if block is None or request.method == "POST":
        return None
    context = {
        **model_admin.admin_site.each_context(request),
        "opts": model_admin.opts,
        "original": subject,
        "title": model_admin.step_title(step, subject),
        "in_the_way": block,
        "mourning": model_admin.is_mourning(subject),
        "back": _back(model_admin, subject),
    }
    return TemplateResponse(request, "base/admin/blocked.html", context)


def _asked(form: Any, model_admin: Any, request: HttpRequest, subject: Any) -> Any:
    """Return the class of the step's form."""
    return form(model_admin, request, subject) if form and not isinstance(form, type) else form or _Plain


def _filled(form_class: Any, request: HttpRequest, start: Any) -> Any:
    """Return the form as it was sent, in the theme's dress; an old seal is said and leaves it empty."""
    filled = form_class(initial=start)
    if request.method == "POST":
        try:
            filled = form_class(*sent(request), initial=start)
        except Refused as refused:
            messages.error(request, str(refused))
    offer(filled, request)
    dress(filled)
    return filled


@contextmanager
def _taken_back() -> Iterator[Sending]:
    """Do the block's work and undo it."""
    with transaction.atomic():
        yield Sending()
        transaction.set_rollback(True)


def _led_to(outcome: Any, back: str) -> str:
    """Return where a step leads; a file that was sent may be asked for again, so that it leads nowhere."""
    if isinstance(outcome, HttpResponseBase):
        return str(outcome.headers.get("Location", ""))
    return back


def _renew(form: forms.BaseForm, subject: Any, request: HttpRequest) -> None:
    """Let a form that came too late be sent again: its words stay, its version is the row's as it stands now."""
    if "version" in form.fields and subject is not None:
        subject.refresh_from_db(fields=["version"])
        sent = request.POST.copy()
        sent["version"] = str(subject.version)
        form.data = sent


def _back(model_admin: Any, subject: Any) -> str:
    elsewhere = model_admin.back_from_step(subject) if subject is not None else None
    if elsewhere:
        return str(elsewhere)
    name = f"{model_admin.admin_site.name}:{model_admin.opts.app_label}_{model_admin.opts.model_name}"
    return reverse(f"{name}_change", args=[subject.pk]) if subject is not None else reverse(f"{name}_changelist")


def _answer(request: HttpRequest, outcome: HttpResponseBase | str | None, back: str) -> HttpResponseBase:
    if isinstance(outcome, HttpResponseBase):
        return outcome
    if outcome:
        messages.success(request, str(outcome))
    response: HttpResponse = redirect(back)
    return response
