"""What departs from the ordinary way, in one list."""

from django.urls import URLPattern, path

from welfare.audit import views

urlpatterns: list[URLPattern] = [
    path("admin/welfare/looking-over/", views.over, name="audit"),
    path("admin/welfare/looking-over/ask/", views.ask, name="audit_ask"),
]
