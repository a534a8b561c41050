"""One proposal on the departments' desk: read, noted, answered, extended, signed, and its promises reported on."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from congress.bodies.views.typed_words import keep_typed_words, refused, with_version
from congress.department_desk.forms import AskExtensionForm, GiveBackForm, NoteForm, PromiseForm, ReturnForm, SignForm
from congress.departments.models import Department
from congress.handling.enums import FollowUpState
from congress.handling.forms import ReplyForm, open_reply, reply_initial
from congress.handling.models import Assignment
from congress.handling.portal import department_closed
from congress.handling.rules import ANSWERING
from congress.handling.services import assigning, extensions, follow_ups, replies
from congress.handling.services.leads import lead_of
from congress.proposals.enums import IN_HAND, OVER, ProposalState
from congress.proposals.models import Proposal
from congress.ratings.portal import proposal_page
from union_portal.accounts.models import User
from union_portal.accounts.requests import account_of
from union_portal.base.errors import DomainError
from union_portal.base.rules import may

Bound = dict[str, forms.Form]


def _found(request: HttpRequest, pk: int) -> tuple[User, Proposal]:
    """Return the account and the proposal, if one of its departments is assigned to it."""
    user = account_of(request)
    if not Assignment.objects.of(user).filter(proposal=pk).exists():
        raise Http404
    return user, Proposal.objects.get(pk=pk)


def _page(request: HttpRequest, user: User, proposal: Proposal, *, bound: Bound, status: int = 200) -> HttpResponse:
    """Show the page; a form that was refused stands in its place with everything that was typed."""
    draft = open_reply(proposal)
    answers = user.has_perm("congress.answer_proposal", proposal)
    works = user.has_perm("congress.handle_proposal", proposal)
    file = proposal_page(proposal)
    in_hand = proposal.state in IN_HAND
    signs = may(user, "sign", proposal)
    promise = file["open_promise"]
    read = {"version": draft.version} if draft else {}
    offered: dict[str, Any] = {
        "reply_form": ReplyForm(initial=reply_initial(draft)) if answers and in_hand else None,
        "note_form": NoteForm() if works and (in_hand or proposal.state == ProposalState.SIGNING) else None,
        "extension_form": AskExtensionForm()
        if answers and in_hand and file["asked"] is None and not file["is_overdue"]
        else None,
        "return_form": ReturnForm(initial=read) if signs else None,
        "sign_form": SignForm(initial=read, auto_id=False) if signs else None,
        "back_form": GiveBackForm() if may(user, "take_back", proposal) else None,
        "promise_form": PromiseForm()
        if promise is not None and proposal.state in OVER and user.has_perm("congress.report_promise", proposal)
        else None,
    }
    for name, form in bound.items():
        if status == 409 and "version" in form.fields:
            with_version(form, version=draft.version if draft else 0)
        offered[f"{name}_form"] = form
    context = {
        **file,
        **offered,
        "errors": next((form for form in bound.values() if form.errors), None),
        "draft": draft,
        "answers": answers,
        "signs": signs,
        "sign_off": proposal.drive.sign_off and proposal.state != ProposalState.ADVISING,
        "overtaken": status == 409,
    }
    return render(request, "congress/department_desk/proposal.html", context, status=status)


@never_cache
@require_GET
@keep_typed_words(department_closed, lambda request: forms.Form(request.POST))
def proposal(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the whole proposal to a department that is assigned to it."""
    user, found = _found(request, pk)
    return _page(request, user, found, bound={})


def _step(
    typed: type[forms.Form], *, permission: str, name: str, to: str = ""
) -> Callable[[Callable[..., str]], Callable[..., Any]]:
    """Make a view of `perform(user, found, form)`, which takes the step that was filled in and says what was done.

    422 or 409 show the page again with what was typed, else it leads back to the page.
    """

    def around(perform: Callable[..., str]) -> Callable[..., Any]:
        @require_POST
        @keep_typed_words(department_closed, lambda request: typed(request.POST))
        @wraps(perform)
        def view(request: HttpRequest, pk: int) -> HttpResponse:
            user, found = _found(request, pk)
            if not user.has_perm(permission, found):
                raise PermissionDenied
            form, status = typed(request.POST), 422
            if form.is_valid():
                try:
                    said = perform(user, found, form)
                except DomainError as refusal:
                    status = refused(form, refusal)
                    found.refresh_from_db()
                else:
                    messages.success(request, said)
                    return redirect(f"congress:{to}") if to else redirect("congress:department_proposal", pk)
            return _page(request, user, found, bound={name: form}, status=status)

        return view

    return around


def _department(found: Proposal, user: User) -> Department:
    """Return the account's department on this proposal: the lead where it answers for it, else a supporting one."""
    ours = Department.objects.of(user, *ANSWERING)
    lead = lead_of(found)
    mine = list(ours.filter(assignments__proposal=found, assignments__ended_at__isnull=True).distinct())
    if lead is not None and lead.department in mine:
        return lead.department
    if not mine:
        raise PermissionDenied
    first: Department = mine[0]
    return first


@_step(ReplyForm, permission="congress.handle_proposal", name="reply")
def reply(user: User, found: Proposal, form: ReplyForm) -> str:
    """Save the draft of the reply, or hand it in."""
    hand_in, version = "hand_in" in form.data, form.cleaned_data["version"] or 0
    step = replies.hand_in if hand_in else replies.save_draft
    step(proposal=found, department=_department(found, user), draft=form.draft(), actor=user, version=version)
    if not hand_in:
        return "草稿已保存，仅承办部门可见。"
    if found.drive.sign_off and found.state != ProposalState.ADVISING:
        return "答复已提交，等待分管领导签批。"
    return "答复已送提案人。"


@_step(NoteForm, permission="congress.handle_proposal", name="note")
def note(user: User, found: Proposal, form: NoteForm) -> str:
    """Add a note for the joint reply."""
    replies.note(proposal=found, department=_department(found, user), text=form.cleaned_data["note"], actor=user)
    return "协办意见已登在本页。"


@_step(AskExtensionForm, permission="congress.answer_proposal", name="extension")
def ask_extension(user: User, found: Proposal, form: AskExtensionForm) -> str:
    """Ask the office for more days."""
    extensions.ask(proposal=found, department=_department(found, user), **form.cleaned_data, actor=user)
    return "延期申请已提交办公室，批准之前原期限不变。"


@require_POST
@keep_typed_words(department_closed, lambda request: forms.Form(request.POST))
def sign(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign the reply; it goes to the proposer."""
    user, found = _found(request, pk)
    if not user.has_perm("congress.sign_reply", found):
        raise PermissionDenied
    form = SignForm(request.POST)
    version = form.cleaned_data["version"] if form.is_valid() else 0
    try:
        replies.sign(proposal=found, actor=user, version=version)
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "已签批，答复已送提案人。")
    return redirect("congress:department_proposal", pk)


@_step(ReturnForm, permission="congress.sign_reply", name="return")
def return_reply(user: User, found: Proposal, form: ReturnForm) -> str:
    """Return the reply to the lead department."""
    replies.return_reply(proposal=found, actor=user, **form.cleaned_data)
    return "答复已退回部门修改。"


@_step(PromiseForm, permission="congress.report_promise", name="promise")
def report_promise(user: User, found: Proposal, form: PromiseForm) -> str:
    """Say what became of the promise."""
    promise = found.follow_ups.filter(state=FollowUpState.OPEN).first() or found.follow_ups.last()
    if promise is None:
        raise Http404
    data = form.cleaned_data
    if data["outcome"] == PromiseForm.KEEP:
        follow_ups.keep_promise(follow_up=promise, text=data["text"], actor=user)
    elif data["outcome"] == PromiseForm.MOVE:
        follow_ups.postpone_promise(follow_up=promise, until=data["until"], text=data["text"], actor=user)
    else:
        follow_ups.drop_promise(follow_up=promise, text=data["text"], actor=user)
    return "已登记，提案人可以看到。"


@_step(GiveBackForm, permission="congress.take_back_proposal", name="back", to="departments")
def give_back(user: User, found: Proposal, form: GiveBackForm) -> str:
    """Give what was passed on back to the office, with the reason."""
    assigning.take_back(proposal=found, actor=user, why=form.cleaned_data["reason"])
    return "意见建议已退回工会办公室。"
