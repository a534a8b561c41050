"""Where every address leads; the order is the portal's table of contents."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.urls import include, path
from django.views.generic import RedirectView

# The desk signs in where everybody signs in: one door, one rate limit, one second factor.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]
# So it changes the password where everybody does: one form, one rule, and the second factor asked before.
for name in ("password_change", "password_change_done"):
    setattr(admin.site, name, RedirectView.as_view(pattern_name="account_change_password"))

handler500 = "union_portal.base.views.server_error"
urlpatterns = [
    path("", include("union_portal.home.urls")),
    path("congress/", include("congress.urls")),
    path("", include("welfare.urls")),
    path("accounts/", include("union_portal.accounts.urls")),
    path("admin/", admin.site.urls),
]
