"""Counting sheets for their scrutineer, surveys for those asked."""

from django.urls import path

from congress.views import surveys, voting

urlpatterns = [
    path("ballots/<int:pk>/", voting.ballot, name="ballot"),
    path("elections/<int:pk>/", voting.election, name="election"),
    path("surveys/<int:pk>/", surveys.survey, name="survey"),
]
