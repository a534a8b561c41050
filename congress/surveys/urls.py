"""Surveys for those asked."""

from django.urls import URLPattern, path

from congress.surveys import views as surveys_views

urlpatterns: list[URLPattern] = [path("surveys/<int:pk>/", surveys_views.survey, name="survey")]
