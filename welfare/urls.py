"""Welfare outside the desk: collecting what is handed out."""

from welfare.collecting import urls as collecting_urls

app_name = "welfare"
urlpatterns = [*collecting_urls.urlpatterns]
