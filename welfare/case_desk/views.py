"""慰问申请: a member asks for himself, sees how far it has come, puts right what came back, takes it back."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from members.memberships.models import Membership
from members.people.models import Person
from union_portal.accounts.enums import DataClass
from union_portal.accounts.requests import account_of, without_second_factor
from union_portal.accounts.views import give_paper
from union_portal.base.errors import DomainError, Refused
from union_portal.base.rules import may
from union_portal.base.sending import KEY, new_key
from welfare.case_desk.forms import ApplyForm
from welfare.case_desk.requests import PART, Telling, initial_of
from welfare.cases import services as cases
from welfare.cases.models import Evidence
from welfare.cases.services.applying import last_return, own_applications
from welfare.cases.services.telling import TONES, history_of, next_step, says_following
from welfare.grants.enums import GrantState
from welfare.grants.models import Grant
from welfare.grants.services.verdicts import judge

# So many of the own applications stand below the page that makes a new one.
SHOWN = 20


@without_second_factor
@never_cache
@require_http_methods(["GET", "POST"])
def apply(request: HttpRequest) -> HttpResponse:
    """Ask for what the union gives on one's own wedding, illness, bereavement: for members only."""
    person = get_object_or_404(Person, user=account_of(request))
    if not Membership.objects.in_force(on=timezone.localdate()).filter(person=person).exists():
        return render(request, "welfare/case_desk/members_only.html", status=403)
    return _page(request, person, None)


@without_second_factor
@never_cache
@require_http_methods(["GET", "POST"])
def amend(request: HttpRequest, pk: int) -> HttpResponse:
    """Fill one's own application in anew and send it again."""
    subject = _own(request, pk)
    if not may(request.user, "apply", subject):
        raise Refused("该申请已受理，不能再修改。")
    return _page(request, subject.person, subject)


def _own(request: HttpRequest, pk: int) -> Grant:
    return get_object_or_404(own_applications(account_of(request)), pk=pk)


def _address(grant: Grant) -> str:
    return reverse("welfare:application", args=[grant.pk])


def _page(request: HttpRequest, person: Person, subject: Grant | None) -> HttpResponse:
    def make(data: Any, files: Any) -> ApplyForm:
        start = initial_of(subject) if subject else {}
        return ApplyForm(data, files, applicant=person, subject=subject, initial=start)

    def work() -> Grant:
        told, beside, actor = page.form.told(), page.form.beside(), account_of(request)
        if subject is None:
            return cases.apply(told=told, actor=actor, beside=beside)
        return cases.amend(subject=subject, told=told, action="apply", actor=actor, beside=beside)

    page = Telling(request, subject, make, answers=False)
    sent = page.send(work, _address) if page.ready else None
    if sent is not None:
        return sent
    form, proposal = page.again(), page.proposal
    shown: dict[str, Any] = {
        "form": form,
        "proposal": proposal,
        "subject": subject,
        "told_apart": page.told_apart,
        "following": says_following(proposal, state=GrantState.APPLIED) if proposal else "",
        "sent_key": request.POST.get(KEY) or new_key(),
    }
    if PART in request.headers:
        return render(request, "welfare/case_desk/_applied.html", shown)
    if subject is not None:
        shown["returned"] = last_return(subject)
    else:
        shown["applications"] = own_applications(account_of(request))[:SHOWN]
    return render(request, "welfare/case_desk/apply.html", shown, status=422 if form.errors else 200)


@without_second_factor
@never_cache
@require_http_methods(["GET", "POST"])
def application(request: HttpRequest, pk: int) -> HttpResponse:
    """Show how far one's own application has come and why it came back; sent, it is taken back."""
    grant = _own(request, pk)
    if request.method == "POST":
        if not may(request.user, "apply", grant):
            raise Refused("该申请已受理，不能再撤回。")
        try:
            cases.withdraw(subject=grant, actor=account_of(request))
        except DomainError as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, "已撤回，填写的内容都在，可以修改后重新提交。")
        return redirect(_address(grant))
    context = {
        "case": grant,
        "tone": TONES.get(GrantState(grant.state), "plain"),
        "next": next_step(grant, own=True),
        "verdict": judge(grant=grant),
        "papers": list(grant.evidence.all()),
        "moves": history_of(grant),
        "may_amend": may(request.user, "apply", grant),
        "may_withdraw": may(request.user, "apply", grant)
        and grant.machine.allows(state=grant.state, action="withdraw"),
    }
    return render(request, "welfare/case_desk/application.html", context)


@without_second_factor
@never_cache
@require_GET
def paper(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Give a paper to the applicant with whose application it came; logged."""
    found = Evidence.objects.filter(pk=pk, grant__in=own_applications(account_of(request)).values("pk")).first()
    if found is None:
        raise Http404
    return give_paper(request, found.scan, data_class=DataClass.HEALTH)
