"""Regulations for all members."""

from django.urls import URLPattern, path

from congress.views import regulations

urlpatterns: list[URLPattern] = [
    path("regulations/", regulations.listing, name="regulations"),
    path("regulations/<int:pk>/", regulations.regulation, name="regulation"),
    path("regulations/versions/<int:pk>/", regulations.version, name="regulation_version"),
    path("regulations/versions/<int:pk>/file/", regulations.version_file, name="regulation_file"),
]
