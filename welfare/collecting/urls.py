"""Recording what was collected, the sheet's code, the member's own word."""

from django.urls import URLPattern, path

from welfare.collecting import views

urlpatterns: list[URLPattern] = [
    path("collecting/", views.under_way, name="collecting"),
    path("collecting/<int:pk>/", views.branches, name="collecting_round"),
    path("collecting/<int:pk>/<int:branch_id>/", views.sheet_rows, name="collecting_branch"),
    path("sheet/<str:code>/", views.sheet, name="sheet"),
    path("received/<int:pk>/", views.own, name="own_grant"),
]
