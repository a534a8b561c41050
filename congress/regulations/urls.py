"""Regulations for all members."""

from django.urls import URLPattern, path

from congress.regulations import views as regulations_views

urlpatterns: list[URLPattern] = [
    path("regulations/", regulations_views.listing, name="regulations"),
    path("regulations/<int:pk>/", regulations_views.regulation, name="regulation"),
    path("regulations/versions/<int:pk>/", regulations_views.version, name="regulation_version"),
    path("regulations/versions/<int:pk>/file/", regulations_views.version_file, name="regulation_file"),
]
