"""The documents of a session."""

from django.urls import URLPattern, path

from congress.views import sessions

urlpatterns: list[URLPattern] = [
    path("session-documents/<int:pk>/", sessions.document, name="document"),
]
