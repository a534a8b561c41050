"""What departs from the ordinary way, in one list."""

from django.urls import URLPattern, path

from welfare.audit import views

urlpatterns: list[URLPattern] = [path("admin/welfare/audit/", views.over, name="audit")]
