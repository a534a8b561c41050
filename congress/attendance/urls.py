"""Sessions for delegates: agenda, the own code; the officer's door; the hall."""

from django.urls import URLPattern, path

from congress.attendance import views as attendance_views

urlpatterns: list[URLPattern] = [
    path("session-documents/<int:pk>/", attendance_views.document, name="document"),
    path("sessions/", attendance_views.own_sessions, name="sessions"),
    path("sessions/<int:pk>/", attendance_views.own_session, name="session"),
    path("sessions/<int:pk>/door/", attendance_views.door, name="door"),
    path("sessions/<int:pk>/quorum/", attendance_views.quorum, name="quorum"),
]
