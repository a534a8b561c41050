"""Suggestions and surveys for all members."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
