"""Submitting, withdrawing, seconding and checking, each with the words typed kept."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from congress.author_desk.views.access import RELATED, own_or_404
from congress.author_desk.views.page import show, take_step
from congress.bodies.views.typed_words import (
    keep_typed_words,
    no_button_words,
    refused,
    show_closed,
    status_of,
    typed_words,
)
from congress.proposals.enums import ProposalState, SecondingState
from congress.proposals.forms.writing import WordsForm
from congress.proposals.models import Proposal, Seconding
from congress.proposals.portal.closed_pages import author_closed, check_closed, seconding_closed
from congress.proposals.services import seconding, submitting
from union_portal.accounts.requests import account_of, without_second_factor
from union_portal.base.errors import DomainError
from union_portal.base.moments import minute

_WAITING = (ProposalState.DRAFT, ProposalState.SECONDING, ProposalState.RETURNED)


def _words(request: HttpRequest) -> WordsForm:
    return WordsForm(request.POST)


@require_http_methods(["GET", "POST"])
@without_second_factor
@never_cache
@keep_typed_words(author_closed, _words)
def submit(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Say what submitting will do, then submit: once, however often the button is pressed."""
    proposal = own_or_404(request, pk)
    if proposal.state not in _WAITING:
        messages.info(request, _how_it_stands(proposal))
        return redirect("congress:proposal", pk)
    if request.method == "GET":
        late = proposal.state != ProposalState.RETURNED and proposal.drive.closes_at <= timezone.now()
        checked = submitting.is_checked_first(proposal)
        context = {"proposal": proposal, "late": late, "checked": checked}
        return render(request, "congress/author_desk/submit.html", context)
    form = WordsForm(request.POST)
    form.is_valid()
    again = proposal.state == ProposalState.RETURNED
    step = submitting.submit_again if again else submitting.submit
    try:
        done = step(proposal=proposal, version=form.cleaned_data.get("version") or 0, actor=account_of(request))
    except DomainError as error:
        fresh = own_or_404(request, pk)
        if fresh.state not in _WAITING:
            # The first of two clicks has done it.
            messages.info(request, _how_it_stands(fresh))
            return redirect("congress:proposal", pk)
        return show(request, fresh, error=str(error), status=status_of(error))
    tell = messages.warning if done.state == ProposalState.LATE else messages.success
    tell(request, _how_it_stands(done))
    return redirect("congress:proposal", pk)


def _how_it_stands(proposal: Proposal) -> str:
    if proposal.state == ProposalState.LATE:
        return (
            f"征集已于 {minute(proposal.drive.closes_at)} 截止，本件未能列为提案。内容没有丢失：已全文转为意见建议，"
            "由校工会转有关部门书面答复。"
        )
    if proposal.state == ProposalState.PRECHECK:
        return "已提交代表团初审；初审通过后编号并报送提案工作委员会。"
    if proposal.state == ProposalState.SUBMITTED:
        return f"已提交，编号 {proposal.number}，待提案工作委员会审查。"
    return f"已提交过，当前为“{proposal.get_state_display()}”。"


@require_http_methods(["GET", "POST"])
@without_second_factor
@never_cache
@keep_typed_words(author_closed, _words)
def withdraw(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Say what withdrawing does, then take the proposal back."""
    proposal = own_or_404(request, pk)
    if request.method == "GET":
        form = WordsForm(initial={"version": proposal.version})
        return render(request, "congress/author_desk/withdraw.html", {"proposal": proposal, "form": form})
    form = _words(request)
    if not form.is_valid():
        return render(request, "congress/author_desk/withdraw.html", {"proposal": proposal, "form": form}, status=422)
    try:
        submitting.withdraw(proposal=proposal, actor=account_of(request), **form.cleaned_data)
    except DomainError as error:
        standing = own_or_404(request, pk)
        status = refused(form, error, version=standing.version)
        context = {"proposal": standing, "form": form}
        return render(request, "congress/author_desk/withdraw.html", context, status=status)
    messages.success(request, "已撤回，您仍可在此查看。")
    return redirect("congress:proposal", pk)


@require_POST
@without_second_factor
@keep_typed_words(seconding_closed, _words)
def second(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Second, or do not: only who was asked, on the text that stood on the page."""
    user = account_of(request)
    found = (
        Seconding.objects.living()
        .filter(proposal=pk, delegate__person__user=user)
        .select_related("proposal", "delegate__person__user")
    )
    asked: Seconding = get_object_or_404(found)
    form = WordsForm(request.POST, auto_id="answer_%s")
    accept, answered = request.POST.get("answer") == "accept", request.POST.get("answer") in {"accept", "decline"}
    said = {True: SecondingState.ACCEPTED, False: SecondingState.DECLINED}[accept]
    if answered and asked.state == said:
        # The second of two clicks.
        return _leave(request, asked, accept=accept)
    if not form.is_valid() or not answered:
        return show(request, asked.proposal, error=no_button_words(form), status=422, answer_form=form)
    try:
        seconding.answer(
            seconding=asked,
            accept=accept,
            version=form.cleaned_data["version"] or 0,
            actor=user,
            reason=form.cleaned_data["why"],
        )
    except DomainError as error:
        fresh = Proposal.objects.select_related(*RELATED).get(pk=pk)
        return show(
            request,
            fresh,
            error=str(error),
            status=status_of(error),
            answer_form=_renewed(form, fresh),
            words=[] if fresh.secondings.filter(pk=asked.pk, state=SecondingState.INVITED) else list(typed_words(form)),
        )
    return _leave(request, asked, accept=accept)


def _renewed(form: WordsForm, proposal: Proposal) -> WordsForm:
    """Return the form with its words and the version that stands on the page now."""
    words = {"why": form.data.get("why", ""), "version": proposal.version}
    return WordsForm(initial=words, auto_id="answer_%s")


def _leave(request: HttpRequest, asked: Seconding, *, accept: bool) -> HttpResponseBase:
    if accept:
        messages.success(request, f"您已附议“{asked.proposal.title}”。")
        return redirect("congress:proposal", asked.proposal_id)
    messages.success(request, f"您未附议“{asked.proposal}”，提案人会看到您的答复。")
    return redirect("congress:proposals")


@require_POST
@without_second_factor
@keep_typed_words(author_closed, _words)
def take_back(request: HttpRequest, pk: int, seconding_pk: int) -> HttpResponseBase:
    """Take back an invitation that waits for an answer."""
    proposal = own_or_404(request, pk)
    asked = get_object_or_404(Seconding, pk=seconding_pk, proposal=proposal)
    return take_step(
        request,
        proposal,
        lambda: seconding.take_back(seconding=asked, actor=account_of(request)),
        said="已收回邀请。",
    )


@require_POST
@without_second_factor
@keep_typed_words(check_closed, _words)
def check(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Pass a proposal of the own delegation to the committee, or return it with words: head and deputy alone."""
    user = account_of(request)
    proposal = Proposal.objects.to_precheck(user).filter(pk=pk).first()
    if proposal is None:
        # The second of two clicks, or the head was quicker than the deputy, whose words are kept.
        departure = check_closed(user, pk)
        if departure is not None and request.POST.get("why", "").strip():
            return show_closed(request, departure, _words(request))
        done = get_object_or_404(Proposal.objects.was_checked_under(user), pk=pk)
        messages.info(request, _how_it_stands(done))
        return redirect("congress:proposals")
    form = WordsForm(request.POST, auto_id="check_%s")
    if not form.is_valid() or request.POST.get("answer") not in {"pass", "return"}:
        return show(request, proposal, error=no_button_words(form), status=422, check_form=form)
    try:
        if request.POST.get("answer") == "pass":
            done = submitting.pass_check(proposal=proposal, actor=user, **form.cleaned_data)
            said = _how_it_stands(done)
        else:
            submitting.return_to_author(proposal=proposal, actor=user, **form.cleaned_data)
            said = "已连同您的意见退回提案人。"
    except DomainError as error:
        fresh = Proposal.objects.select_related(*RELATED).get(pk=pk)
        status = refused(form, error, version=fresh.version)
        return show(request, fresh, error=str(error), status=status, check_form=form)
    messages.success(request, said)
    return redirect("congress:proposals")
