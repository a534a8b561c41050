"""A member's own petitions."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from congress.bodies.views.readers import page_with_form, person_of, show_refusal
from congress.petitions import services as petitions
from congress.petitions.enums import TERM_DAYS
from congress.petitions.forms import PetitionForm
from congress.petitions.models import Petition
from union_portal.accounts.requests import account_of, without_second_factor
from union_portal.base.errors import DomainError


@without_second_factor
@never_cache
@require_http_methods(["GET", "POST"])
def petition_new(request: HttpRequest) -> HttpResponse:
    """File a petition: who will see it is said before a word is written."""
    person, user = person_of(request), account_of(request)
    form = PetitionForm(request.POST if request.method == "POST" else None, user=user)
    if request.method == "POST" and form.is_valid():
        try:
            made = petitions.file_own(person=person, actor=user, **form.cleaned_data)
        except DomainError as error:
            show_refusal(form, error)
        else:
            messages.success(request, f"您的诉求已提交，编号{made.number}。")
            return redirect("congress:petition", pk=made.pk)
    context = {"form": form, "days": TERM_DAYS}
    return page_with_form(request, "congress/petitions/new.html", context, form=form)


@without_second_factor
@never_cache
@require_GET
def petition(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one of my own petitions with its state, its handlers and the answer."""
    own = get_object_or_404(Petition.objects.filed_by(account_of(request)), pk=pk)
    return page_with_form(request, "congress/petitions/petition.html", {"one": own, "handlers": own.handlers.all()})
