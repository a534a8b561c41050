"""One proposal's page: its text, the one next step for whoever opens it, and who did what when."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from congress.author_desk.views.access import RELATED, newest_reply, proposal_or_404
from congress.bodies.views.typed_words import status_of, with_version
from congress.proposals.enums import PROPOSAL_MACHINE, ProposalState, SecondingState
from congress.proposals.forms.writing import WordsForm
from congress.proposals.models import Proposal, Seconding
from congress.proposals.services import drafting
from congress.proposals.services.seconding import author_words
from congress.ratings import services as ratings
from congress.ratings.forms import OpinionForm, RatingForm
from congress.ratings.portal import sent_replies
from congress.review.enums import Decision
from union_portal.accounts.models import User
from union_portal.accounts.requests import account_of, without_second_factor
from union_portal.base.errors import Conflict, DomainError
from union_portal.base.rules import may

_LABELS = {(move.action, move.source): move.label for move in PROPOSAL_MACHINE.moves}
_SUBMITTABLE = (ProposalState.DRAFT, ProposalState.SECONDING)


@dataclass(frozen=True)
class Event:
    at: Any
    label: str
    actor: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Check:
    """One thing a proposal needs before it can be submitted, and whether it has it."""

    label: str
    done: bool


@require_GET
@without_second_factor
@never_cache
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a proposal to its author, seconders, head of delegation and whoever reads it by office."""
    return show(request, proposal_or_404(request, pk))


def show(request: HttpRequest, proposal: Proposal, *, error: str = "", status: int = 200, **forms: Any) -> HttpResponse:
    """Lay the page out, with a refusal on top and what was typed kept where a step was refused."""
    user = account_of(request)
    secondings = list(proposal.secondings.select_related("delegate__person", "delegate__delegation").order_by("pk"))
    mine = Proposal.objects.authored_by(user).filter(pk=proposal.pk).exists()
    asked = next((one for one in secondings if one.delegate.person.user_id == user.pk and _is_open(one)), None)
    replies = list(sent_replies(proposal))
    joint = [] if mine else ratings.opinions_due(proposal=proposal, user=user)
    checks = _checks(proposal, secondings) if mine and drafting.editable(proposal) else []
    late = proposal.drive.closes_at <= timezone.now() and proposal.state in (*_SUBMITTABLE, ProposalState.PRECHECK)
    context = {
        "proposal": proposal,
        "authors": author_words(proposal),
        "mine": mine,
        "editable": mine and drafting.editable(proposal),
        "may_withdraw": not proposal.recorded and may(user, "withdraw", proposal),
        "late": late,
        "checks": checks,
        "ready": late or all(check.done for check in checks),
        "secondings": [one for one in secondings if one.state != SecondingState.LAPSED],
        "signed": sum(1 for one in secondings if one.state == SecondingState.ACCEPTED),
        "asked": asked if asked and proposal.state in {ProposalState.SECONDING, ProposalState.RETURNED} else None,
        "checking": may(user, "pass_check", proposal),
        "merged": [(one, author_words(one)) for one in proposal.merged.with_authors()],
        "replies": replies,
        "follow_ups": list(proposal.follow_ups.order_by("due_on")),
        "departments": list(proposal.assignments.living().select_related("department")),
        "returned_because": _returned_because(proposal),
        "events": _events(proposal, secondings),
        "error": error,
        "answer_form": WordsForm(initial={"version": proposal.version}, auto_id="answer_%s"),
        "check_form": WordsForm(initial={"version": proposal.version}, auto_id="check_%s"),
        "rating_form": RatingForm(initial={"version": replies[-1].version})
        if replies and may(user, "rate", proposal)
        else None,
        "opinion_form": OpinionForm(initial={"version": replies[-1].version}, auto_id="opinion_%s") if joint else None,
        "joint": joint,
        **forms,
    }
    return render(request, "congress/author_desk/page.html", context, status=status)


def _is_open(seconding: Seconding) -> bool:
    return seconding.state == SecondingState.INVITED


def _checks(proposal: Proposal, secondings: list[Seconding]) -> list[Check]:
    signed = sum(1 for one in secondings if one.state == SecondingState.ACCEPTED)
    needed = 0 if proposal.as_body else proposal.drive.min_seconders
    found = [
        Check("案由、理由和建议", all((proposal.title, proposal.grounds, proposal.measures))),
        Check("类别", proposal.category_id is not None),
    ]
    if needed:
        words = f"附议 {signed:,} 人（至少 {needed} 人）"
        found.append(Check(words, signed >= needed))
    return found


def _returned_because(proposal: Proposal) -> str:
    """Return the committee's or the delegation's words when a proposal was given back."""
    if proposal.state == ProposalState.RETURNED:
        review = proposal.reviews.filter(decision=Decision.RETURN).order_by("-at", "-pk").first()
        if review is not None:
            return str(review.reason)
    if proposal.state not in {ProposalState.RETURNED, ProposalState.DRAFT}:
        return ""
    last = proposal.moves.filter(Q(action="return") | Q(action="return_to_author")).order_by("-at", "-pk").first()
    return str(last.reason) if last else ""


def _who(user: User | None) -> str:
    return (user.name or user.staff_number) if user else ""


def _events(proposal: Proposal, secondings: list[Seconding]) -> list[Event]:
    events = [
        Event(
            move.at,
            str(_LABELS.get((move.action, move.source)) or "起草提案"),
            _who(move.actor),
            move.reason,
        )
        for move in proposal.moves.select_related("actor")
    ]
    events += [
        Event(one.answered_at, str(one.get_state_display()), one.delegate.person.name, one.reason)
        for one in secondings
        if one.answered_at is not None
    ]
    return sorted(events, key=lambda event: event.at)


def take_step(
    request: HttpRequest, proposal: Proposal, step: Callable[[], Any], *, said: str, name: str = "", form: Any = None
) -> HttpResponseBase:
    """Take a step and go back to the page; a refusal is shown there with what was typed."""
    try:
        step()
    except DomainError as error:
        fresh = Proposal.objects.select_related(*RELATED).get(pk=proposal.pk)
        newest = newest_reply(fresh)
        if form is not None and newest is not None and isinstance(error, Conflict):
            with_version(form, version=newest.version)
        return show(request, fresh, error=str(error), status=status_of(error), **({name: form} if name else {}))
    messages.success(request, said)
    return redirect("congress:proposal", proposal.pk)
