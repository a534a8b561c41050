"""The proposal committee's own page: its members review without a place at the staff desk."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from congress.bodies.views.typed_words import keep_typed_words, refused
from congress.committees.models import CommitteeSeat
from congress.committees.portal import seat_ended
from congress.proposals.enums import ProposalState
from congress.proposals.models import Proposal
from congress.proposals.portal.standing import tone_of
from congress.ratings.portal import proposal_page
from congress.review import services as review
from congress.review.forms import BulkReviewForm, review_form
from union_portal.accounts.models import User
from union_portal.accounts.requests import account_of
from union_portal.base.asked import keys_in
from union_portal.base.errors import DomainError

PER_PAGE = 50


def _member(request: HttpRequest) -> User:
    """Return the account of a member of the proposal committee; 404 for anybody else."""
    user = account_of(request)
    if not CommitteeSeat.objects.reviewing(user).exists():
        raise Http404
    return user


def _rows(user: User) -> Any:
    rows: Any = Proposal.objects.visible_to(user)
    return rows.exclude(
        state__in=[ProposalState.DRAFT, ProposalState.SECONDING, ProposalState.PRECHECK]
    ).select_related("category", "proposer__person", "delegation", "drive", "congress")


@never_cache
@require_http_methods(["GET", "POST"])
@keep_typed_words(seat_ended, lambda request: BulkReviewForm(request.POST))
def listing(request: HttpRequest) -> HttpResponse:
    """List what waits for review; decide the same on the chosen ones."""
    user = _member(request)
    waiting = _rows(user).waiting(ProposalState.SUBMITTED).order_by("number", "pk")
    form = BulkReviewForm(request.POST if request.method == "POST" else None)
    keys = keys_in(request.POST.getlist("chosen"))
    status = 200
    if request.method == "POST" and form.is_valid():
        if keys:
            chosen = _rows(user).filter(pk__in=keys).order_by("number", "pk")
            result = review.review_many(proposals=chosen, actor=user, **form.cleaned_data)
            for one, words in result.refused:
                messages.warning(request, f"{one.number or one}：{words}")
            if result.done:
                messages.success(request, f"已登记 {len(result.done):,} 件提案的审查意见。")
                return redirect("congress:committee")
            form.add_error(None, "没有作出任何决定，您填写的内容保留在下方。")
            status = 409
        else:
            form.add_error(None, "请先勾选提案。")
    if form.errors and status == 200:
        status = 422
    page = Paginator(waiting, PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "form": form, "chosen": keys}
    return render(request, "congress/proposal_desk/committee_list.html", context, status=status)


@never_cache
@require_http_methods(["GET", "POST"])
@keep_typed_words(seat_ended, lambda request: BulkReviewForm(request.POST))
def proposal(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one proposal and take the committee's decision on it."""
    user = _member(request)
    found: Proposal | None = _rows(user).filter(pk=pk).first()
    if found is None:
        raise Http404
    form: forms.Form = review_form(found)(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                held = review.review(proposal=found, actor=user, **form.cleaned_data)
            except DomainError as refusal:
                found.refresh_from_db()
                status = refused(form, refusal, version=found.version)
            else:
                messages.success(request, f"{held.number}：{held.get_state_display()}。")
                return redirect("congress:committee")
    context = {
        **proposal_page(found),
        "tone": tone_of(found),
        "open": found.state == ProposalState.SUBMITTED and not found.is_lost,
        "form": form,
    }
    return render(request, "congress/proposal_desk/committee_proposal.html", context, status=status)
