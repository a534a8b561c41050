"""登记慰问: one page to enter a case, to report it from a branch, and to fill it in anew; the rules speak beside it."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone

from union_portal.accounts.requests import account_of
from union_portal.base.admin import dress
from union_portal.base.admin.forms import one_picker
from union_portal.base.admin.picking import offer
from union_portal.base.errors import Refused
from union_portal.base.rules import may
from union_portal.base.sending import KEY, new_key
from welfare.case_desk.forms import CaseForm
from welfare.case_desk.requests import PART, Telling, initial_of
from welfare.cases import services as cases
from welfare.cases.services.telling import says_following
from welfare.grants.enums import AMENDABLE, GrantState
from welfare.grants.models import Grant

# The state a case has once it is sent, by whether a branch reports it.
_STATE = {True: GrantState.REPORTED, False: GrantState.SUBMITTED}


def _address(grant: Grant) -> str:
    return reverse("admin:welfare_grant_change", args=[grant.pk])


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
        def make(data: Any, files: Any) -> CaseForm:
            form = CaseForm(data, files, subject=subject, initial=initial_of(subject) if subject else {})
            offer(form, request)
            dress(form)
            return form

        def work() -> Grant:
            told, beside, actor = page.form.told(), page.form.beside(), account_of(request)
            if subject is None:
                return cases.register(told=told, actor=actor, reported=reported, beside=beside)
            action = "report" if reported else "submit"
            return cases.amend(subject=subject, told=told, action=action, actor=actor, beside=beside)

        page = Telling(request, subject, make, answers=not reported)
        sent = page.send(work, _address) if page.ready else None
        return sent or self._shown(request, page, subject, reported=reported)

    def _shown(self, request: HttpRequest, page: Telling, subject: Grant | None, *, reported: bool) -> HttpResponse:
        form, proposal = page.again(), page.proposal
        answers = not reported and page.must_be_answered
        for name in ("reason", "document"):
            form.fields[name].required = answers
        shown = {
            "form": form,
            "proposal": proposal,
            "subject": subject,
            "reported": reported,
            "answers": answers,
            "told_apart": page.told_apart,
            "following": says_following(proposal, state=_STATE[reported]) if proposal else "",
            "grave": proposal is not None and proposal.grant.benefit.grave,
        }
        if PART in request.headers:
            return render(request, "welfare/case_desk/_proposal.html", shown)
        taken_up = not reported and subject is not None and subject.state in {GrantState.APPLIED, GrantState.REPORTED}
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
        return TemplateResponse(request, "welfare/case_desk/register.html", context, status=422 if form.errors else 200)


def _lead(subject: Grant | None, *, taken_up: bool, reported: bool) -> str:
    """Return what stands below the title: who reported it, or what becomes of the own report."""
    if taken_up and subject is not None:
        told = subject.moves.filter(target=subject.state).select_related("actor").last()
        word = "申请" if subject.state == GrantState.APPLIED else "上报"
        return f"{told.actor} 于 {timezone.localtime(told.at):%Y-%m-%d} {word}。" if told and told.actor else ""
    return "填好后由生活福利委员受理；您随时能看到办到哪一步。" if reported else ""


def amending(user: Any, subject: Grant) -> str:
    """Return how the account sends the case on after filling it in anew, `submit` or `report`; '' where it may not."""
    if subject.state not in AMENDABLE:
        return ""
    return next((action for action in ("submit", "report") if may(user, action, subject)), "")
