"""What the pages share on which a case is told, at the desk and on the phone: read, judged, sent once, shown anew."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.datastructures import MultiValueDict

from union_portal.base.errors import DomainError
from union_portal.base.forms import add_refusal
from union_portal.base.sending import AGAIN, once
from welfare.benefits.enums import Form
from welfare.case_desk.forms import SELF, CaseForm, proposing, untouched, usual
from welfare.cases.services.proposing import Proposal, propose
from welfare.cases.services.telling import says_entered
from welfare.grants.models import Grant

# The part of the page that the rules write is asked for by its script under this header.
PART = "X-Part"


class Telling:
    """One sight of the page: its form, what the rules propose, and whether it may be sent as it is.

    `make(data, files)` makes the form; with `answers` whoever sends says why, where the rules object.
    """

    def __init__(
        self,
        request: HttpRequest,
        subject: Grant | None,
        make: Callable[[Any, Any], CaseForm],
        *,
        answers: bool,
    ) -> None:
        self.request, self.subject, self._make = request, subject, make
        self._data = untouched(request.POST) if request.method == "POST" else None
        self._files = request.FILES if request.method == "POST" else None
        self.form = make(self._data, self._files)
        self.proposal: Proposal | None = None
        self.ready = False
        if self._data is not None:
            self._judge(answers=answers)
        elif subject is not None:
            whole = make(as_sent(self.form.initial), None)
            whole.is_valid()
            self.proposal = proposal_of(whole, subject)
            self.form.initial["proposed"] = usual(self.proposal) if self.proposal else ""

    def _judge(self, *, answers: bool) -> None:
        checking = PART in self.request.headers or "check" in self.request.POST
        self.form.is_valid()
        self.proposal = proposal_of(self.form, self.subject)
        near = self.proposal.near if self.proposal is not None else None
        if not checking and near and not self.form.tells_apart(near):
            self.form.add_error("same_as", "请选择：就是这件事，还是另一件事。")
        if answers and self.must_be_answered:
            self.form.must_answer()
        self.ready = not (checking or self.form.errors)

    @property
    def must_be_answered(self) -> bool:
        """Whether a reason and a document are needed before it can be approved: for one event on two days too."""
        return self.proposal is not None and (self.told_apart or bool(self.proposal.verdict.objections))

    @property
    def told_apart(self) -> bool:
        """Whether it was said that this is not the event that stands already about these days."""
        return (
            self.proposal is not None and self.proposal.near is not None and self.form.tells_apart(self.proposal.near)
        )

    def send(self, work: Callable[[], Grant], address: Callable[[Grant], str]) -> HttpResponse | None:
        """Do the work once and lead to the case; None with the refusal in the form."""
        try:
            with once(request=self.request) as sending:
                if sending.led_to is not None:
                    messages.info(self.request, AGAIN)
                    return redirect(sending.led_to or self.request.path)
                made = work()
                sending.note(address(made))
        except (DomainError, ValidationError, IntegrityError) as error:
            add_refusal(self.form, error)
            return None
        said, warned = says_entered(made)
        (messages.warning if warned else messages.success)(self.request, said)
        return redirect(address(made))

    def again(self) -> CaseForm:
        """Return the form as it is shown: with what the rules propose where nothing was typed."""
        if self._data is not None:
            errors = {} if PART in self.request.headers else self.form.errors
            data = proposing(self._data, self.proposal) if self.proposal else self._data
            self.form = self._make(data, self._files)
            self.form.is_valid()
            # The page speaks of what was sent, not of what is proposed.
            self.form._errors = errors  # type: ignore[attr-defined]  # noqa: SLF001
        narrow(self.form, self.proposal)
        return self.form


def initial_of(subject: Grant) -> dict[str, Any]:
    """Return what the page of a case begins with when it is filled in anew."""
    event = subject.event
    told = {name: getattr(event, name) for name in ("kind", "occurred_on", "ended_on", "variant")} if event else {}
    first = subject.warnings.exclude(reason="").first()
    return {
        **told,
        "person": subject.person_id,
        "relation": subject.relation or SELF,
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
    labels = dict(Form.choices)
    if "form" in fields:
        fields["form"].choices = [(value, labels[value]) for value in proposal.forms]
    if proposal.variants:
        choices = [("", "一般"), *((one, one) for one in proposal.variants)]
        fields["variant"].widget = forms.Select(choices=choices, attrs=fields["benefit"].widget.attrs)


def proposal_of(form: CaseForm, subject: Grant | None) -> Proposal | None:
    """Return what the rules propose once enough is told; None with their refusal in the form."""
    if not form.facts_known:
        return None
    try:
        return propose(told=form.told(), subject=subject)
    except DomainError as error:
        add_refusal(form, error)
        return None
