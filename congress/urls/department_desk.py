"""The departments' own desk."""

from django.urls import URLPattern, path

from congress.views import department_desk, department_proposals, department_suggestions

urlpatterns: list[URLPattern] = [
    path("departments/", department_desk.desk, name="departments"),
    path("departments/proposals/<int:pk>/", department_proposals.proposal, name="department_proposal"),
    path("departments/proposals/<int:pk>/reply/", department_proposals.reply, name="department_reply"),
    path("departments/proposals/<int:pk>/note/", department_proposals.note, name="department_note"),
    path("departments/proposals/<int:pk>/extension/", department_proposals.ask_extension, name="department_extension"),
    path("departments/proposals/<int:pk>/sign/", department_proposals.sign, name="department_sign"),
    path("departments/proposals/<int:pk>/return/", department_proposals.return_reply, name="department_return"),
    path("departments/proposals/<int:pk>/promise/", department_proposals.report_promise, name="department_promise"),
    path("departments/suggestions/", department_suggestions.listing, name="department_suggestions"),
    path("departments/suggestions/<int:pk>/", department_suggestions.one, name="department_suggestion"),
]
