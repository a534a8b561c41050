"""The congress outside the desk: delegates', departments' and members' pages."""

from congress.urls import departments, proposals, sessions, voices, voting

app_name = "congress"
urlpatterns = [
    *sessions.urlpatterns,
    *proposals.urlpatterns,
    *departments.urlpatterns,
    *voices.urlpatterns,
    *voting.urlpatterns,
]
