"""Regulations for all members."""

from django.urls import path

from congress.regulations import views

urlpatterns = [
    path("regulations/", views.listing, name="regulations"),
    path("regulations/<int:pk>/", views.page, name="regulation"),
    path("regulations/versions/<int:version>/", views.page, name="regulation_version"),
    path("regulations/versions/<int:pk>/file/", views.version_file, name="regulation_file"),
]
