"""Suggestions and the way to petitions for all members."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from congress.bodies.views.readers import page_with_form, person_of, reader_of, show_refusal
from congress.petitions.models import Petition
from congress.proposals.models import Proposal
from congress.suggestions import services as suggestions
from congress.suggestions.enums import SuggestionState
from congress.suggestions.forms import HandInForm
from congress.suggestions.models import Suggestion, SuggestionDrive
from members.people.models import Person
from union_portal.accounts.requests import account_of, without_second_factor
from union_portal.base.errors import DomainError

PER_PAGE = 20
SHOWN_OWN = 30


def _is_member(person: Person) -> bool:
    return bool(Person.objects.members(on=timezone.localdate(), state=None).filter(pk=person.pk).exists())


@without_second_factor
@never_cache
@require_GET
def start(request: HttpRequest) -> HttpResponse:
    """Show what is open to me, what I said and what became of it."""
    user = account_of(request)
    person = person_of(request)
    today = timezone.localdate()
    context = {
        "member": _is_member(person),
        "drives": SuggestionDrive.objects.running(on=today).order_by("closes_on", "pk"),
        "own": Suggestion.objects.standing().filter(author=person).select_related("drive", "session")[:SHOWN_OWN],
        "passed_on": Proposal.objects.authored_by(user).advice()[:SHOWN_OWN],
        "petitions": Petition.objects.filed_by(user)[:SHOWN_OWN],
    }
    return page_with_form(request, "congress/suggestions/start.html", context)


@without_second_factor
@never_cache
@require_http_methods(["GET", "POST"])
def hand_in(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand in a suggestion to a drive; one that has closed meanwhile says so and keeps the words."""
    person = person_of(request)
    drive = get_object_or_404(SuggestionDrive.objects.filter(opens_on__lte=timezone.localdate()), pk=pk)
    if not _is_member(person):
        raise Http404
    form = HandInForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            made = suggestions.hand_in(drive=drive, author=person, actor=account_of(request), **form.cleaned_data)
        except DomainError as error:
            show_refusal(form, error)
        else:
            messages.success(request, "谢谢您！建议已送达工会，答复会显示在这里。")
            return redirect("congress:suggestion", pk=made.pk)
    context = {"drive": drive, "form": form, "running": drive.is_running}
    return page_with_form(request, "congress/suggestions/hand_in.html", context, form=form)


@without_second_factor
@never_cache
@require_GET
def suggestion(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one of my own suggestions with its state and answer."""
    person = person_of(request)
    own = get_object_or_404(
        Suggestion.objects.standing().filter(author=person).select_related("drive", "session", "department"), pk=pk
    )
    return page_with_form(request, "congress/suggestions/suggestion.html", {"one": own, "steps": _steps(own)})


def _steps(one: Suggestion) -> list[dict[str, Any]]:
    """Return the way of a suggestion as a stepper: who has it now."""
    order = [SuggestionState.COLLECTED, SuggestionState.SENT, SuggestionState.ANSWERED]
    if one.state not in order:
        return []
    place = order.index(SuggestionState(one.state))
    labels = ("已提交", "部门办理", "已答复")
    reached = ["done"] * (place + 1) + ["ahead"] * 2
    return [{"label": label, "state": reached[index]} for index, label in enumerate(labels)]


@without_second_factor
@never_cache
@require_GET
def answers(request: HttpRequest) -> HttpResponse:
    """Show the suggestions that were answered and published, to everybody, without names."""
    reader_of(request)
    words = request.GET.get("q", "").strip()[:50]
    rows = Suggestion.objects.published_answers().select_related("department", "drive", "session")
    if words:
        rows = rows.filter(Q(title__icontains=words) | Q(text__icontains=words) | Q(answer__icontains=words))
    page = Paginator(rows.order_by("-answered_on", "-pk"), PER_PAGE).get_page(request.GET.get("page"))
    query = f"{urlencode({'q': words})}&" if words else ""
    return page_with_form(request, "congress/suggestions/answers.html", {"page": page, "words": words, "query": query})
