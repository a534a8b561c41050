"""Addresses that show nothing: what a signed-in page costs before it says anything."""

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from union_portal.accounts.requests import account_of, without_second_factor
from union_portal.urls import urlpatterns as portal


@without_second_factor
def nothing(request: HttpRequest) -> HttpResponse:
    """Answer the signed-in account with nothing."""
    return HttpResponse(account_of(request).staff_number)


@without_second_factor
def member(request: HttpRequest) -> HttpResponse:
    """Show the member's frame with nothing in it."""
    return render(request, "base/page.html", {"title": ""})


def officer(request: HttpRequest) -> HttpResponse:
    """Show the desk's frame with nothing in it."""
    return render(request, "admin/base_site.html", {"title": "", **admin.site.each_context(request)})


urlpatterns = [path("bench/nothing/", nothing), path("bench/member/", member), path("bench/officer/", officer), *portal]
