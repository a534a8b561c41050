"""Recording what was collected, the sheet's code, the member's own word."""

from django.urls import URLPattern, path

from welfare.collecting import views

urlpatterns: list[URLPattern] = [
    path("welfare/collecting/", views.under_way, name="collecting"),
    path("welfare/collecting/<int:pk>/", views.branches, name="collecting_round"),
    path("welfare/collecting/<int:pk>/<int:branch_id>/", views.sheet_rows, name="collecting_branch"),
    path("welfare/collecting/<int:pk>/<int:branch_id>/sheet/", views.ask_for_sheet, name="collecting_sheet"),
    path("welfare/collecting/paper/<int:pk>/", views.paper, name="collecting_paper"),
    path("welfare/sheet/<str:code>/", views.sheet, name="sheet"),
    path("welfare/received/<int:pk>/", views.own, name="own_grant"),
]
