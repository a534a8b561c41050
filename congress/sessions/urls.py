"""The documents of a session."""

from django.urls import URLPattern, path

from congress.sessions import views as sessions_views

urlpatterns: list[URLPattern] = [
    path("session-documents/<int:pk>/", sessions_views.document, name="document"),
]
