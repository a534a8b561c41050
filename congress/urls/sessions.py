"""Sessions for delegates: agenda, documents, roll-call, results."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
