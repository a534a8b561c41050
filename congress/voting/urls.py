"""Counting sheets of ballots for their scrutineer."""

from django.urls import URLPattern, path

from congress.voting import views as voting_views

urlpatterns: list[URLPattern] = [path("ballots/<int:pk>/", voting_views.ballot, name="ballot")]
