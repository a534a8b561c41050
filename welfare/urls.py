"""Welfare's pages that are no list of the desk: collecting what is handed out, the auditor's list, the statement."""

from welfare.audit import urls as audit_urls
from welfare.case_desk import urls as cases_urls
from welfare.collecting import urls as collecting_urls
from welfare.fund import urls as fund_urls

app_name = "welfare"
urlpatterns = [*cases_urls.urlpatterns, *collecting_urls.urlpatterns, *audit_urls.urlpatterns, *fund_urls.urlpatterns]
