"""The proposal committee's desk."""

from django.urls import URLPattern, path

from congress.views import committee

urlpatterns: list[URLPattern] = [
    path("committee/", committee.listing, name="committee"),
    path("committee/<int:pk>/", committee.proposal, name="committee_proposal"),
]
