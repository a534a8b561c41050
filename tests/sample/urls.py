"""The samples' desk in the place of the real one."""

from django.urls import include, path

from tests.sample.desk import site

urlpatterns = [
    path("", include("union_portal.home.urls")),
    path("congress/", include("congress.urls")),
    path("accounts/", include("union_portal.accounts.urls")),
    path("admin/", site.urls),
]
