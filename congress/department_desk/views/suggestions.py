"""Suggestions on the departments' own desk: what was sent to them, answered in writing or given back."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from congress.bodies.views.readers import page_with_form, show_refusal
from congress.bodies.views.typed_words import keep_typed_words
from congress.department_desk.forms import DepartmentAnswerForm, GiveBackForm
from congress.departments.models import Department
from congress.suggestions import services as suggestions
from congress.suggestions.enums import SuggestionState
from congress.suggestions.models import Suggestion
from congress.suggestions.portal import suggestion_closed
from union_portal.accounts.requests import account_of
from union_portal.base.errors import DomainError

PER_PAGE = 20


@never_cache
@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """List what waits for the account's departments, or what they answered."""
    user = account_of(request)
    if not Department.objects.of(user).exists():
        raise Http404
    answered = "answered" in request.GET
    state = SuggestionState.ANSWERED if answered else SuggestionState.SENT
    rows = Suggestion.objects.sent_to(user).filter(state=state).select_related("department", "session")
    page = Paginator(rows.order_by(*(("-answered_on", "-pk") if answered else ("due_on", "pk"))), PER_PAGE)
    context = {"page": page.get_page(request.GET.get("page")), "answered": answered}
    return page_with_form(request, "congress/department_desk/suggestions.html", context)


def _typed(request: HttpRequest) -> Form:
    """Return the form that was sent: the answer, or the reason to give it back."""
    kind = GiveBackForm if request.POST.get("step") == "give_back" else DepartmentAnswerForm
    return kind(request.POST)


@never_cache
@require_http_methods(["GET", "POST"])
@keep_typed_words(suggestion_closed, _typed)
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer a suggestion in writing, or give it back with the reason; what was typed is kept when refused.

    Contact and head answer; the responsible leader reads.
    """
    user = account_of(request)
    rows = Suggestion.objects.sent_to(user).select_related("department", "session", "answered_by")
    subject = get_object_or_404(rows, pk=pk)
    giving_back = request.POST.get("step") == "give_back"
    posted = request.method == "POST"
    may_answer = user.has_perm("congress.answer_suggestion", subject)
    if posted and not may_answer:
        raise PermissionDenied
    answer = DepartmentAnswerForm(request.POST if posted and not giving_back else None)
    back = GiveBackForm(request.POST if posted and giving_back else None)
    form = back if giving_back else answer
    only = Suggestion.objects.filter(pk=pk)
    if posted and form.is_valid():
        try:
            if giving_back:
                suggestions.take_back(rows=only, actor=user, why=form.cleaned_data["reason"])
                messages.success(request, "意见建议已退回工会办公室。")
            else:
                suggestions.answer(rows=only, actor=user, **form.cleaned_data)
                messages.success(request, "答复已发出。")
        except DomainError as error:
            show_refusal(form, error)
            subject = rows.filter(pk=pk).first() or subject
        else:
            return redirect("congress:department_suggestions")
    waiting = may_answer and subject.state == SuggestionState.SENT
    context = {"one": subject, "answer_form": answer, "back_form": back, "open": waiting}
    return page_with_form(request, "congress/department_desk/suggestion.html", context, form=form if posted else None)
