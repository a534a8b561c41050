"""The departments' own desk."""

from django.urls import URLPattern, path

from congress.department_desk.views import desk, proposals, suggestions

urlpatterns: list[URLPattern] = [
    path("departments/", desk.desk, name="departments"),
    path("departments/proposals/<int:pk>/", proposals.proposal, name="department_proposal"),
    path("departments/proposals/<int:pk>/reply/", proposals.reply, name="department_reply"),
    path("departments/proposals/<int:pk>/note/", proposals.note, name="department_note"),
    path("departments/proposals/<int:pk>/extension/", proposals.ask_extension, name="department_extension"),
    path("departments/proposals/<int:pk>/sign/", proposals.sign, name="department_sign"),
    path("departments/proposals/<int:pk>/return/", proposals.return_reply, name="department_return"),
    path("departments/proposals/<int:pk>/give-back/", proposals.give_back, name="department_give_back"),
    path("departments/proposals/<int:pk>/promise/", proposals.report_promise, name="department_promise"),
    path("departments/suggestions/", suggestions.listing, name="department_suggestions"),
    path("departments/suggestions/<int:pk>/", suggestions.one, name="department_suggestion"),
]
