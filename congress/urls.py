"""The congress outside the desk: delegates', departments' and members' pages, room by room."""

from congress.attendance import urls as attendance_urls
from congress.author_desk import urls as author_desk_urls
from congress.committees import urls as committees_urls
from congress.department_desk import urls as department_desk_urls
from congress.elections import urls as elections_urls
from congress.petitions import urls as petitions_urls
from congress.proposal_desk import urls as proposal_desk_urls
from congress.regulations import urls as regulations_urls
from congress.suggestions import urls as suggestions_urls
from congress.surveys import urls as surveys_urls
from congress.voting import urls as voting_urls

app_name = "congress"
urlpatterns = [
    *attendance_urls.urlpatterns,
    *author_desk_urls.urlpatterns,
    *department_desk_urls.urlpatterns,
    *proposal_desk_urls.urlpatterns,
    *petitions_urls.urlpatterns,
    *suggestions_urls.urlpatterns,
    *regulations_urls.urlpatterns,
    *committees_urls.urlpatterns,
    *voting_urls.urlpatterns,
    *elections_urls.urlpatterns,
    *surveys_urls.urlpatterns,
]
