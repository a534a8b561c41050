"""The first sign-in: a one-time code becomes a password."""

from allauth.account.utils import perform_login
from allauth.core import ratelimit
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from union_portal.accounts.forms import FirstSignInForm
from union_portal.accounts.services import redeem_code
from union_portal.base.errors import DomainError
from union_portal.base.forms import add_refusal


@sensitive_post_parameters()
@never_cache
@login_not_required
def first_sign_in(request: HttpRequest) -> HttpResponseBase:
    """Take number, code and new password; open the account and sign in (through the second factor where one is set)."""
    if request.user.is_authenticated:
        return redirect("/")
    form = FirstSignInForm(request.POST or None)
    if request.method == "POST":
        limited: HttpResponse | None = ratelimit.consume_or_429(
            request, action="one_time_code", key=request.POST.get("staff_number", "")
        )
        if limited:
            return limited
        if form.is_valid():
            data = form.cleaned_data
            try:
                user = redeem_code(staff_number=data["staff_number"], code=data["code"], password=data["password"])
            except DomainError as error:
                add_refusal(form, error)
            else:
                answer: HttpResponseBase = perform_login(request, user)
                return answer
    return render(request, "account/first_sign_in.html", {"form": form}, status=422 if form.errors else 200)
