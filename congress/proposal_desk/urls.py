"""The proposal committee's desk."""

from django.urls import URLPattern, path

from congress.proposal_desk import views as proposal_desk_views

urlpatterns: list[URLPattern] = [
    path("committee/", proposal_desk_views.listing, name="committee"),
    path("committee/<int:pk>/", proposal_desk_views.proposal, name="committee_proposal"),
]
