"""What a member asks for himself, and how far it has come."""

from django.urls import URLPattern, path

from welfare.case_desk import views

urlpatterns: list[URLPattern] = [
    path("welfare/apply/", views.apply, name="apply"),
    path("welfare/applications/<int:pk>/", views.application, name="application"),
    path("welfare/applications/<int:pk>/amend/", views.amend, name="application_amend"),
    path("welfare/applications/paper/<int:pk>/", views.paper, name="application_paper"),
]
