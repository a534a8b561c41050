"""Sessions for delegates: agenda, the own code; the officer's door; the hall."""

from django.urls import URLPattern, path

from congress.views import sessions

urlpatterns: list[URLPattern] = [
    path("sessions/", sessions.own_sessions, name="sessions"),
    path("sessions/<int:pk>/", sessions.own_session, name="session"),
    path("sessions/<int:pk>/door/", sessions.door, name="door"),
    path("sessions/<int:pk>/quorum/", sessions.quorum, name="quorum"),
]
