"""Counting sheets of elections for their scrutineer."""

from django.urls import URLPattern, path

from congress.views import voting

urlpatterns: list[URLPattern] = [
    path("elections/<int:pk>/", voting.election, name="election"),
]
