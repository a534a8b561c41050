"""Petitions of the member."""

from django.urls import URLPattern, path

from congress.petitions import views as petitions_views

urlpatterns: list[URLPattern] = [
    path("voices/petitions/new/", petitions_views.petition_new, name="petition_new"),
    path("voices/petitions/<int:pk>/", petitions_views.petition, name="petition"),
]
