"""Suggestions of members, and what was answered."""

from django.urls import URLPattern, path

from congress.suggestions import views as suggestions_views

urlpatterns: list[URLPattern] = [
    path("voices/", suggestions_views.start, name="voices"),
    path("voices/drives/<int:pk>/", suggestions_views.hand_in, name="suggestion_drive"),
    path("voices/suggestions/<int:pk>/", suggestions_views.suggestion, name="suggestion"),
    path("voices/answers/", suggestions_views.answers, name="answers"),
]
