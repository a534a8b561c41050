"""Counting sheets of ballots for their scrutineer."""

from django.urls import URLPattern, path

from congress.views import voting

urlpatterns: list[URLPattern] = [
    path("ballots/<int:pk>/", voting.ballot, name="ballot"),
]
