"""Suggestions, petitions and regulations for all members; suggestions on the departments' desk."""

from django.urls import URLPattern, path

from congress.views import department_suggestions, regulations, voices

urlpatterns: list[URLPattern] = [
    path("voices/", voices.start, name="voices"),
    path("voices/drives/<int:pk>/", voices.hand_in, name="suggestion_drive"),
    path("voices/suggestions/<int:pk>/", voices.suggestion, name="suggestion"),
    path("voices/answers/", voices.answers, name="answers"),
    path("voices/petitions/new/", voices.petition_new, name="petition_new"),
    path("voices/petitions/<int:pk>/", voices.petition, name="petition"),
    path("regulations/", regulations.listing, name="regulations"),
    path("regulations/<int:pk>/", regulations.regulation, name="regulation"),
    path("regulations/versions/<int:pk>/", regulations.version, name="regulation_version"),
    path("regulations/versions/<int:pk>/file/", regulations.version_file, name="regulation_file"),
    path("meetings/documents/<int:pk>/file/", regulations.reviewed_file, name="reviewed_file"),
    path("departments/suggestions/", department_suggestions.listing, name="department_suggestions"),
    path("departments/suggestions/<int:pk>/", department_suggestions.one, name="department_suggestion"),
]
