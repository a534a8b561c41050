"""登记慰问: one page to enter a case, to report it from a branch, and to fill it in anew; the rules speak beside it."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.datastructures import MultiValueDict

from union_portal.accounts.requests import account_of
from union_portal.base.admin import dress
from union_portal.base.admin.forms import one_picker
from union_portal.base.admin.picking import offer
from union_portal.base.admin.sent import again
from union_portal.base.errors import DomainError, Refused
from union_portal.base.forms import add_refusal
from union_portal.base.rules import may
from union_portal.base.sending import KEY, new_key, once
from welfare.cases import services as cases
from welfare.cases.forms import CaseForm, proposing, untouched, usual
from welfare.cases.services.proposing import Proposal, propose
from welfare.cases.services.telling import says_entered, says_following
from welfare.grants.enums import AMENDABLE, GrantState
from welfare.grants.models import Grant

# The part of the page that the rules write is asked for by its script under this header.
PART = "X-Part"


class RegisteringPages:
    """Mixed into the cases' admin."""

    admin_site: Any
    opts: Any
    media: Any

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None) -> Any:
        """Enter a new case."""
        del form_url, extra_context
        if not request.user.has_perm("welfare.add_grant"):
            raise PermissionDenied
        return self._page(request, None, reported=not request.user.has_perm("welfare.enter_grant"))

    def amend_view(self, request: HttpRequest, object_id: str) -> Any:
        """Fill a case in anew and send it on, for whoever may."""
        subject: Grant = self.subject_or_404(request, object_id)  # type: ignore[attr-defined]
        action = amending(request.user, subject)
        if not request.user.has_perm("welfare.amend_grant", subject):
            raise PermissionDenied
        if subject.round_id is not None or not action:
            raise Refused("该慰问已办理，不能再修改。")
        return self._page(request, subject, reported=action == "report")

    def _page(self, request: HttpRequest, subject: Grant | None, *, reported: bool) -> HttpResponse:
        data = untouched(request.POST) if request.method == "POST" else None
        form = self._form(request, subject, data)
        proposal, checking = None, PART in request.headers or "check" in request.POST
        if data is not None:
            form.is_valid()
            proposal = _proposal(form, subject)
            if not checking and proposal is not None and proposal.near and not form.tells_apart(proposal.near):
                form.add_error("same_as", "请选择：就是这件事，还是另一件事。")
            if not reported and proposal is not None and _must_be_answered(form, proposal):
                form.must_answer()
            if not (checking or form.errors):
                sent = self._sent(request, form, subject, reported=reported)
                if sent is not None:
                    return sent  # type: ignore[no-any-return]
            errors = {} if PART in request.headers else form.errors
            form = self._form(request, subject, proposing(data, proposal) if proposal else data)
            form.is_valid()
            # The page speaks of what was sent, not of what is proposed.
            form._errors = errors  # type: ignore[attr-defined]  # noqa: SLF001
        elif subject is not None:
            proposal = _initial_proposal(self._form(request, subject, as_sent(form.initial)), subject)
            form.initial["proposed"] = usual(proposal) if proposal else ""
        return self._shown(request, form, subject, proposal, reported=reported)

    def _form(self, request: HttpRequest, subject: Grant | None, data: Any) -> CaseForm:
        files = request.FILES if request.method == "POST" else None
        form = CaseForm(data, files, subject=subject, initial=initial_of(subject) if subject else {})
        offer(form, request)
        dress(form)
        return form

    def _sent(self, request: HttpRequest, form: CaseForm, subject: Grant | None, *, reported: bool) -> Any:
        """Enter or amend the case and lead to its page; None with the refusal in the form."""
        actor = account_of(request)
        try:
            with once(request=request) as sending:
                if sending.led_to is not None:
                    return again(request, sending)
                if subject is None:
                    made = cases.register(told=form.told(), actor=actor, reported=reported, beside=form.beside())
                else:
                    action = "report" if reported else "submit"
                    made = cases.amend(
                        subject=subject, told=form.told(), action=action, actor=actor, beside=form.beside()
                    )
                address = reverse("admin:welfare_grant_change", args=[made.pk])
                sending.note(address)
        except (DomainError, ValidationError, IntegrityError) as error:
            add_refusal(form, error)
            return None
        said, warned = says_entered(made)
        (messages.warning if warned else messages.success)(request, said)
        return redirect(address)

    def _shown(
        self, request: HttpRequest, form: CaseForm, subject: Grant | None, proposal: Proposal | None, *, reported: bool
    ) -> HttpResponse:
        narrow(form, proposal)
        answers = not reported and proposal is not None and _must_be_answered(form, proposal)
        for name in ("reason", "document"):
            form.fields[name].required = answers
        shown = {
            "form": form,
            "proposal": proposal,
            "subject": subject,
            "reported": reported,
            "answers": answers,
            "told_apart": proposal is not None and proposal.near is not None and form.tells_apart(proposal.near),
            "following": says_following(proposal, reported=reported) if proposal else "",
            "grave": proposal is not None and proposal.grant.benefit.grave,
        }
        if PART in request.headers:
            return render(request, "welfare/cases/_proposal.html", shown)
        taken_up = not reported and subject is not None and subject.state == GrantState.REPORTED
        verb = "受理上报" if taken_up else "修改慰问" if subject else "上报慰问" if reported else "登记慰问"
        context = {
            **self.admin_site.each_context(request),
            **shown,
            "taken_up": taken_up,
            "opts": self.opts,
            "original": subject,
            "lead": _lead(subject, taken_up=taken_up, reported=reported),
            "title": f"{verb}：{subject.person}" if subject else verb,
            "verb": ("重新上报" if subject else "上报") if reported else "提交审批",
            "media": one_picker(self.media + form.media),
            "sent_key": request.POST.get(KEY) or new_key(),
            "back": reverse("admin:welfare_grant_change", args=[subject.pk])
            if subject
            else reverse("admin:welfare_grant_changelist"),
        }
        return TemplateResponse(request, "welfare/cases/register.html", context, status=422 if form.errors else 200)


def _must_be_answered(form: CaseForm, proposal: Proposal) -> bool:
    """Whether a reason and a document are needed before it can be approved: for one event on two days too."""
    two_days = proposal.near is not None and form.tells_apart(proposal.near)
    return bool(proposal.verdict.objections) or two_days


def _lead(subject: Grant | None, *, taken_up: bool, reported: bool) -> str:
    """Return what stands below the title: who reported it, or what becomes of the own report."""
    if taken_up and subject is not None:
        told = subject.moves.filter(target=GrantState.REPORTED).select_related("actor").last()
        return f"{told.actor} 于 {timezone.localtime(told.at):%Y-%m-%d} 上报。" if told and told.actor else ""
    return "填好后由生活福利委员受理；您随时能看到办到哪一步。" if reported else ""


def amending(user: Any, subject: Grant) -> str:
    """Return how the account sends the case on after filling it in anew, `submit` or `report`; '' where it may not."""
    if subject.state not in AMENDABLE:
        return ""
    return next((action for action in ("submit", "report") if may(user, action, subject)), "")


def initial_of(subject: Grant) -> dict[str, Any]:
    """Return what the page of a case begins with when it is filled in anew."""
    event = subject.event
    told = {name: getattr(event, name) for name in ("kind", "occurred_on", "ended_on", "variant")} if event else {}
    first = subject.warnings.exclude(reason="").first()
    return {
        **told,
        "person": subject.person_id,
        "relation": subject.relation,
        "condition": event.condition_code if event else "",
        "benefit": subject.benefit_id,
        "payer": subject.payer_id,
        "form": subject.form,
        "amount": None if subject.amount is None else f"{subject.amount:.2f}",
        "granted_on": subject.granted_on,
        **({"reason": first.reason, "document": first.document} if first else {}),
    }


def as_sent(initial: Mapping[str, Any]) -> Any:
    """Return what a page begins with as if it had been sent."""
    return MultiValueDict({name: [value] for name, value in initial.items() if value is not None})


def narrow(form: CaseForm, proposal: Proposal | None) -> None:
    """Offer only what fits the event: its benefits, the forms of the rule, its variants."""
    if proposal is None:
        return
    fields: Any = form.fields
    fields["benefit"].choices = [(one.pk, one.name) for one in proposal.benefits]
    fields["payer"].choices = [("", "请选择"), *((one.pk, str(one)) for one in proposal.payers)]
    labels = dict(fields["form"].choices)
    fields["form"].choices = [(value, labels[value]) for value in proposal.forms]
    if proposal.variants:
        choices = [("", "一般"), *((one, one) for one in proposal.variants)]
        fields["variant"].widget = forms.Select(choices=choices, attrs=fields["form"].widget.attrs)


def _proposal(form: CaseForm, subject: Grant | None) -> Proposal | None:
    if not form.facts_known:
        return None
    try:
        return propose(told=form.told(), subject=subject)
    except DomainError as error:
        add_refusal(form, error)
        return None


def _initial_proposal(form: CaseForm, subject: Grant | None) -> Proposal | None:
    form.is_valid()
    return _proposal(form, subject)
