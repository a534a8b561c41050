"""Proposals for delegates, and the public list."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
