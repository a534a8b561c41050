"""A survey on the phone: filled in once by who was asked; to everybody else it does not exist."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from congress.surveys.enums import SurveyState
from congress.surveys.forms import sheet_form
from congress.surveys.models import Survey
from congress.surveys.services import surveys
from members.people.models import Person
from union_portal.accounts.requests import account_of, without_second_factor
from union_portal.base.errors import DomainError


@without_second_factor
@never_cache
@require_http_methods(["GET", "POST"])
def survey(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the sheet, take it once, say thanks; the result is never shown here."""
    person = Person.objects.filter(user=account_of(request)).first()
    if person is None:
        raise Http404
    asked = get_object_or_404(Survey.objects.exclude(state=SurveyState.DRAFT), pk=pk, tickets__person=person)
    ticket = asked.tickets.get(person=person)
    form = sheet_form(asked)(request.POST if request.method == "POST" else None)
    context = {"survey": asked, "title": asked.title, "form": form, "done": ticket.used, "refusal": ""}
    if request.method == "POST" and form.is_valid():
        answers = {name.removeprefix("question_"): value for name, value in form.cleaned_data.items()}
        try:
            surveys.answer(survey=asked, person=person, answers=answers)
        except DomainError as error:
            if error.field in form.fields:
                form.add_error(error.field, str(error))
            context["refusal"] = "" if error.field in form.fields else str(error)
            status = 422 if error.field in form.fields else 409
            return render(request, "congress/surveys/sheet.html", context, status=status)
        messages.success(request, "感谢您的参与，测评表已提交。")
        return redirect("congress:survey", asked.pk)
    return render(request, "congress/surveys/sheet.html", context, status=422 if form.errors else 200)
