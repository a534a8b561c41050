"""The congress outside the desk: delegates', departments' and members' pages, room by room."""

from congress.urls import (
    attendance,
    author_desk,
    committees,
    department_desk,
    elections,
    petitions,
    proposal_desk,
    regulations,
    sessions,
    suggestions,
    surveys,
    voting,
)

app_name = "congress"
urlpatterns = [
    *sessions.urlpatterns,
    *attendance.urlpatterns,
    *author_desk.urlpatterns,
    *department_desk.urlpatterns,
    *proposal_desk.urlpatterns,
    *petitions.urlpatterns,
    *suggestions.urlpatterns,
    *regulations.urlpatterns,
    *committees.urlpatterns,
    *voting.urlpatterns,
    *elections.urlpatterns,
    *surveys.urlpatterns,
]
