"""Writing a proposal and inviting seconders; what was typed is never lost, whatever happened meanwhile."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from congress.author_desk.views.access import own_or_404
from congress.bodies.views.typed_words import keep_typed_words
from congress.delegates.models import Delegate
from congress.proposals.enums import SecondingState
from congress.proposals.forms.writing import ProposalForm
from congress.proposals.models import Proposal
from congress.proposals.portal.closed_pages import author_closed
from congress.proposals.services import drafting, seconding
from congress.proposals.services.authorship import authorships
from union_portal.accounts.requests import account_of, without_second_factor
from union_portal.base.asked import keys_in
from union_portal.base.errors import Conflict, DomainError
from union_portal.base.forms import add_refusal

# A form left open this long over the close is still kept; it is handed in as a suggestion.
CLOSED_DAYS = 30
SHOWN = 40


def _form(request: HttpRequest, form: ProposalForm, *, status: int = 200, **context: Any) -> HttpResponse:
    return render(request, "congress/author_desk/form.html", {"form": form, **context}, status=status)


def _text(form: ProposalForm) -> dict[str, Any]:
    return {name: form.cleaned_data[name] for name in ("title", "grounds", "measures", "category")}


def _next(request: HttpRequest, proposal: Proposal) -> HttpResponseBase:
    name = "congress:proposal_invite" if request.POST.get("next") == "invite" else "congress:proposal"
    return redirect(name, proposal.pk)


@require_http_methods(["GET", "POST"])
@without_second_factor
@never_cache
def new(request: HttpRequest) -> HttpResponseBase:
    """Begin a proposal; only delegates of a running drive. A drive that closed meanwhile still keeps what was typed."""
    user = account_of(request)
    posted = request.method == "POST"
    ways = authorships(user=user, closed_days=CLOSED_DAYS if posted else 0)
    if not ways and not posted:
        raise PermissionDenied
    form = ProposalForm(request.POST if posted else None, ways=ways)
    if not posted:
        return _form(request, form, creating=True)
    if not ways:
        form.errors.clear()
        form.full_clean()
        form.add_error(None, "只有任期内的代表可以提出提案。您填写的内容保留在下方。")
        return _form(request, form, status=403, creating=True, locked=True)
    if not form.is_valid():
        return _form(request, form, status=422, creating=True)
    way = next(one for one in ways if one.key == form.cleaned_data["author"])
    try:
        made = drafting.draft(authorship=way, **_text(form), actor=user)
    except DomainError as error:
        add_refusal(form, error)
        return _form(request, form, status=422, creating=True)
    messages.success(request, "草稿已保存。在您邀请附议或提交之前，只有您能看到。")
    return _next(request, made)


@require_http_methods(["GET", "POST"])
@without_second_factor
@never_cache
@keep_typed_words(author_closed, lambda request: ProposalForm(request.POST))
def edit(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Change the text; a form from an older version comes back beside what stands, with nothing lost."""
    proposal = own_or_404(request, pk)
    context: dict[str, Any] = {"proposal": proposal, "signed": proposal.secondings.given().count()}
    if request.method == "GET":
        return _open(request, proposal, context)
    form = ProposalForm(request.POST, proposal=proposal)
    if not form.is_valid():
        return _form(request, form, status=422, **context)
    version = form.cleaned_data["version"] or 0
    try:
        lapsed = drafting.edit(proposal=proposal, **_text(form), version=version, actor=account_of(request))
    except Conflict as error:
        return _compare(request, pk, error)
    except DomainError as error:
        standing = own_or_404(request, pk)
        if not drafting.editable(standing):
            return _compare(request, pk, error)
        add_refusal(form, error)
        return _form(request, form, status=422, **context)
    messages.success(request, _saved(lapsed))
    return _next(request, proposal)


def _open(request: HttpRequest, proposal: Proposal, context: dict[str, Any]) -> HttpResponseBase:
    if drafting.editable(proposal):
        return _form(request, ProposalForm(proposal=proposal), **context)
    messages.warning(request, drafting.LOCKED % {"state": proposal.get_state_display()})
    return redirect("congress:proposal", proposal.pk)


def _saved(lapsed: int) -> str:
    if not lapsed:
        return "已保存。"
    return f"已保存。{lapsed:,} 位代表的附议已失效，已再次邀请他们确认。"


def _compare(request: HttpRequest, pk: int, error: DomainError) -> HttpResponse:
    """Show what was typed beside what stands; saving from here is meant, so the form carries the present version."""
    standing = own_or_404(request, pk)
    typed = request.POST.copy()
    typed["version"] = str(standing.version)
    form = ProposalForm(typed, proposal=standing)
    form.full_clean()
    form.add_error(None, str(error))
    return _form(
        request,
        form,
        status=409,
        proposal=standing,
        standing=standing,
        locked=not drafting.editable(standing),
        signed=standing.secondings.given().count(),
    )


@require_http_methods(["GET", "POST"])
@without_second_factor
@never_cache
@keep_typed_words(author_closed, lambda request: Form(request.POST))
def invite(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Find delegates of the same body by name, pinyin or number and ask them to second."""
    proposal = own_or_404(request, pk)
    error, status = "", 200
    if request.method == "POST":
        chosen = keys_in(request.POST.getlist("seconders"))
        try:
            asked = seconding.invite(
                proposal=proposal,
                delegates=list(Delegate.objects.filter(pk__in=chosen).select_related("person__user", "congress")),
                actor=account_of(request),
            )
        except DomainError as refusal:
            error, status = str(refusal), 422
        else:
            if asked:
                names = "、".join(one.delegate.person.name for one in asked)
                messages.success(request, f"已邀请：{names}。")
            return redirect("congress:proposal", pk)
    words = (request.POST if request.method == "POST" else request.GET).get("q", "").replace("\x00", "").strip()[:50]
    found = seconding.candidates(proposal, words=words, limit=SHOWN + 1)
    context = {
        "proposal": proposal,
        "words": words,
        "found": found[:SHOWN],
        "more": len(found) > SHOWN,
        "chosen": request.POST.getlist("seconders"),
        "asked": proposal.secondings.exclude(state=SecondingState.LAPSED).select_related("delegate__person"),
        "error": error,
    }
    return render(request, "congress/author_desk/invite.html", context, status=status)
