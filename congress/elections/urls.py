"""Counting sheets of elections for their scrutineer."""

from django.urls import URLPattern, path

from congress.elections import views as elections_views

urlpatterns: list[URLPattern] = [path("elections/<int:pk>/", elections_views.election, name="election")]
