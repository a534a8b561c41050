"""The member's pages and the portal's pulse."""

from django.urls import path

from union_portal.home.views import imports, member, statements
from union_portal.home.views.health import health

app_name = "home"
urlpatterns = [
    path("", member.start, name="start"),
    path("benefits/", member.benefits, name="benefits"),
    path("me/", member.me, name="me"),
    path("statement/", statements.own, name="statement"),
    path("statement/ask/", statements.ask_own, name="statement_ask"),
    path("statement/<int:pk>.pdf", statements.own_file, name="statement_file"),
    path("health/", health, name="health"),
    # Below /admin/, whose content policy the desk's theme needs.
    path("admin/statements/<int:person_id>/", statements.of_person, name="person_statement"),
    path("admin/statements/<int:person_id>/ask/", statements.ask_of_person, name="person_statement_ask"),
    path("admin/statements/<int:person_id>/<int:pk>.pdf", statements.file_of_person, name="person_statement_file"),
    path("admin/imports/", imports.upload, name="import_upload"),
    path("admin/imports/template/<slug:kind>/", imports.import_template, name="import_template"),
    path("admin/imports/<uuid:pk>/", imports.import_preview, name="import_preview"),
    path("admin/imports/<uuid:pk>/confirm/", imports.import_confirm, name="import_confirm"),
    path("admin/imports/<uuid:pk>/recheck/", imports.import_recheck, name="import_recheck"),
    path("admin/imports/<uuid:pk>/marked/", imports.import_marked, name="import_marked"),
    path("admin/imports/<uuid:pk>/discard/", imports.import_discard, name="import_discard"),
]
