"""Recording what was collected at the desk; where a sheet's codes lead, and the member's own word."""

from django.urls import URLPattern, path

from welfare.collecting.views import codes, papers, rounds, rows

_DESK = "admin/welfare/collecting/"

urlpatterns: list[URLPattern] = [
    path(_DESK, rounds.under_way, name="collecting"),
    path(f"{_DESK}<int:pk>/", rounds.branches, name="collecting_round"),
    path(f"{_DESK}<int:pk>/<int:branch_id>/", rows.sheet_rows, name="collecting_branch"),
    path(f"{_DESK}<int:pk>/<int:branch_id>/sheet/", papers.ask_for_sheet, name="collecting_sheet"),
    path(f"{_DESK}paper/<int:pk>/", papers.paper, name="collecting_paper"),
    path("welfare/sheet/<str:code>/", codes.sheet, name="sheet"),
    # Short and in capitals: a line's code is printed less than 8 mm wide.
    path("G/<str:code>/", codes.row, name="sheet_row"),
    path("welfare/received/<int:pk>/", codes.own, name="own_grant"),
]
