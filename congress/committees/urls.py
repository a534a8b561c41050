"""The papers that committees dealt with."""

from django.urls import path

from congress.committees import views

urlpatterns = [path("meetings/documents/<int:pk>/file/", views.reviewed_file, name="reviewed_file")]
