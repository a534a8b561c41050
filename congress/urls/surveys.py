"""Surveys for those asked."""

from django.urls import URLPattern, path

from congress.views import surveys

urlpatterns: list[URLPattern] = [
    path("surveys/<int:pk>/", surveys.survey, name="survey"),
]
