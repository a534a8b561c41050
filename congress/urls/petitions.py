"""Petitions of the member."""

from django.urls import URLPattern, path

from congress.views import voices

urlpatterns: list[URLPattern] = [
    path("voices/petitions/new/", voices.petition_new, name="petition_new"),
    path("voices/petitions/<int:pk>/", voices.petition, name="petition"),
]
