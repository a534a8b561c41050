"""The papers that committees dealt with."""

from django.urls import URLPattern, path

from congress.views import regulations

urlpatterns: list[URLPattern] = [
    path("meetings/documents/<int:pk>/file/", regulations.reviewed_file, name="reviewed_file"),
]
