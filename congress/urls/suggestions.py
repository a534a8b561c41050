"""Suggestions of members, and what was answered."""

from django.urls import URLPattern, path

from congress.views import voices

urlpatterns: list[URLPattern] = [
    path("voices/", voices.start, name="voices"),
    path("voices/drives/<int:pk>/", voices.hand_in, name="suggestion_drive"),
    path("voices/suggestions/<int:pk>/", voices.suggestion, name="suggestion"),
    path("voices/answers/", voices.answers, name="answers"),
]
