"""The papers that committees dealt with."""

from django.urls import URLPattern, path

from congress.committees import views as committees_views

urlpatterns: list[URLPattern] = [
    path("meetings/documents/<int:pk>/file/", committees_views.reviewed_file, name="reviewed_file"),
]
