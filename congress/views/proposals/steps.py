"""The steps of author, seconder, head of a delegation and rater; a refusal comes back on the page with its words."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from congress.enums import Grade, ProposalState, SecondingState
from congress.forms.proposals import OpinionForm, RatingForm, WordsForm
from congress.models import Proposal, Seconding
from congress.portal.departures import of_author, of_check, of_seconder
from congress.services import proposing, ratings, seconding
from congress.views.kept import closed, keeping, renew, unheard, words_of
from congress.views.proposals.access import RELATED, account_of, newest_reply, own_or_404, proposal_or_404
from congress.views.proposals.page import show
from members.models import Person
from union_portal.accounts.middleware import without_second_factor
from union_portal.base.errors import Conflict, DomainError

_WAITING = (ProposalState.DRAFT, ProposalState.SECONDING, ProposalState.RETURNED)


def _words(request: HttpRequest) -> WordsForm:
    return WordsForm(request.POST)


def _stand(error: DomainError) -> int:
    return 409 if isinstance(error, Conflict) else 422


def _take(
    request: HttpRequest, proposal: Proposal, step: Callable[[], Any], *, said: str, name: str = "", form: Any = None
) -> HttpResponseBase:
    """Take a step and go back to the page; a refusal is shown there with what was typed."""
    try:
        step()
    except DomainError as error:
        fresh = Proposal.objects.select_related(*RELATED).get(pk=proposal.pk)
        newest = newest_reply(fresh)
        if form is not None and newest is not None and isinstance(error, Conflict):
            renew(form, version=newest.version)
        return show(request, fresh, error=str(error), status=_stand(error), **({name: form} if name else {}))
    messages.success(request, said)
    return redirect("congress:proposal", proposal.pk)


@require_http_methods(["GET", "POST"])
@without_second_factor
@never_cache
@keeping(of_author, _words)
def submit(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Say what submitting will do, then submit: once, however often the button is pressed."""
    proposal = own_or_404(request, pk)
    if proposal.state not in _WAITING:
        messages.info(request, _how_it_stands(proposal))
        return redirect("congress:proposal", pk)
    if request.method == "GET":
        late = proposal.state != ProposalState.RETURNED and proposal.drive.closes_at <= timezone.now()
        return render(request, "congress/proposals/submit.html", {"proposal": proposal, "late": late})
    form = WordsForm(request.POST)
    form.is_valid()
    again = proposal.state == ProposalState.RETURNED
    step = proposing.submit_again if again else proposing.submit
    try:
        done = step(proposal=proposal, version=form.cleaned_data.get("version") or 0, actor=account_of(request))
    except DomainError as error:
        fresh = own_or_404(request, pk)
        if fresh.state not in _WAITING:
            # The first of two clicks has done it.
            messages.info(request, _how_it_stands(fresh))
            return redirect("congress:proposal", pk)
        return show(request, fresh, error=str(error), status=_stand(error))
    if done.state == ProposalState.LATE:
        messages.warning(request, _how_it_stands(done))
    else:
        messages.success(request, _how_it_stands(done))
    return redirect("congress:proposal", pk)


def _how_it_stands(proposal: Proposal) -> str:
    if proposal.state == ProposalState.LATE:
        return (
            "征集已于 {closed} 截止，本件未能列为提案。内容没有丢失：已全文转为意见建议，"
            "由校工会转有关部门书面答复。".format(
                closed=f"{timezone.localtime(proposal.drive.closes_at):%Y-%m-%d %H:%M}"
            )
        )
    if proposal.state == ProposalState.PRECHECK:
        return "已提交代表团初审；初审通过后编号并报送提案工作委员会。"
    if proposal.state == ProposalState.SUBMITTED:
        return f"已提交，编号 {proposal.number}，待提案工作委员会审查。"
    return f"已提交过，当前为“{proposal.get_state_display()}”。"


@require_http_methods(["GET", "POST"])
@without_second_factor
@never_cache
@keeping(of_author, _words)
def withdraw(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Say what withdrawing does, then take the proposal back."""
    proposal = own_or_404(request, pk)
    if request.method == "GET":
        form = WordsForm(initial={"version": proposal.version})
        return render(request, "congress/proposals/withdraw.html", {"proposal": proposal, "form": form})
    form = WordsForm(request.POST)
    if not form.is_valid():
        return render(request, "congress/proposals/withdraw.html", {"proposal": proposal, "form": form}, status=422)
    try:
        proposing.withdraw(
            proposal=proposal,
            version=form.cleaned_data["version"],
            actor=account_of(request),
            why=form.cleaned_data["why"],
        )
    except DomainError as error:
        form.add_error(error.field if error.field in form.fields else None, str(error))
        standing = own_or_404(request, pk)
        if isinstance(error, Conflict):
            renew(form, version=standing.version)
        context = {"proposal": standing, "form": form}
        return render(request, "congress/proposals/withdraw.html", context, status=_stand(error))
    messages.success(request, "已撤回，您仍可在此查看。")
    return redirect("congress:proposal", pk)


@require_POST
@without_second_factor
@keeping(of_seconder, _words)
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
        return show(request, asked.proposal, error=unheard(form), status=422, answer_form=form)
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
            status=_stand(error),
            answer_form=_renewed(form, fresh),
            words=[] if fresh.secondings.filter(pk=asked.pk, state=SecondingState.INVITED) else list(words_of(form)),
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
@keeping(of_author, _words)
def take_back(request: HttpRequest, pk: int, seconding_pk: int) -> HttpResponseBase:
    """Take back an invitation that waits for an answer."""
    proposal = own_or_404(request, pk)
    asked = get_object_or_404(Seconding, pk=seconding_pk, proposal=proposal)
    return _take(
        request,
        proposal,
        lambda: seconding.take_back(seconding=asked, actor=account_of(request)),
        said="已收回邀请。",
    )


@require_POST
@without_second_factor
@keeping(of_check, _words)
def check(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Pass a proposal of the own delegation to the committee, or return it with words: head and deputy alone."""
    user = account_of(request)
    proposal = Proposal.objects.to_precheck(user).select_related(*RELATED).filter(pk=pk).first()
    if proposal is None:
        # The second of two clicks, or the head was quicker than the deputy, whose words are kept.
        departure = of_check(user, pk)
        if departure is not None and request.POST.get("why", "").strip():
            return closed(request, departure, _words(request))
        led = Q(delegation__head__person__user=user) | Q(delegation__deputy__person__user=user)
        done = get_object_or_404(Proposal.objects.filter(led, moves__action="submit_to_delegation").distinct(), pk=pk)
        messages.info(request, _how_it_stands(done))
        return redirect("congress:proposals")
    form = WordsForm(request.POST, auto_id="check_%s")
    if not form.is_valid() or request.POST.get("answer") not in {"pass", "return"}:
        return show(request, proposal, error=unheard(form), status=422, check_form=form)
    words = {"why": form.cleaned_data["why"], "version": form.cleaned_data["version"]}
    try:
        if request.POST.get("answer") == "pass":
            done = proposing.pass_check(proposal=proposal, actor=user, **words)
            said = _how_it_stands(done)
        else:
            proposing.return_to_author(proposal=proposal, actor=user, **words)
            said = "已连同您的意见退回提案人。"
    except DomainError as error:
        fresh = Proposal.objects.select_related(*RELATED).get(pk=pk)
        form.add_error(None, str(error))
        if isinstance(error, Conflict):
            renew(form, version=fresh.version)
        return show(request, fresh, error=str(error), status=_stand(error), check_form=form)
    messages.success(request, said)
    return redirect("congress:proposals")


@require_POST
@without_second_factor
def opinion(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Take the opinion on the joint reply of somebody whose proposal was merged into this one."""
    user = account_of(request)
    proposal = proposal_or_404(request, pk)
    if not Proposal.objects.authored_by(user).filter(merged_into=proposal).exists():
        raise Http404
    return _grade(
        request,
        proposal,
        give=ratings.give_opinion,
        form=OpinionForm(request.POST, auto_id="opinion_%s"),
        name="opinion_form",
        said="谢谢，您的意见已记录在评价旁。",
    )


@require_POST
@without_second_factor
@keeping(of_author, lambda request: RatingForm(request.POST))
def rate(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Rate the newest reply as its proposer, once."""
    return _grade(
        request,
        own_or_404(request, pk),
        give=ratings.rate,
        form=RatingForm(request.POST),
        name="rating_form",
        said="感谢您的评价，已记录。",
    )


def _grade(
    request: HttpRequest, proposal: Proposal, *, give: Callable[..., Any], form: Any, name: str, said: str
) -> HttpResponseBase:
    """Give the newest reply a grade with words, in the name of the person behind the account."""
    user = account_of(request)
    reply = newest_reply(proposal)
    person = Person.objects.filter(user=user).first()
    if reply is None or person is None or not form.is_valid():
        return show(request, proposal, error="请从三个等次中选择一个。", status=422, **{name: form})
    words = form.cleaned_data
    return _take(
        request,
        proposal,
        lambda: give(
            reply=reply,
            grade=Grade(words["grade"]),
            words=words["words"],
            person=person,
            actor=user,
            version=words["version"],
        ),
        said=said,
        name=name,
        form=form,
    )
