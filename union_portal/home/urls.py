"""The member's pages and the portal's pulse."""

from django.urls import path

from union_portal.home.beginning import views as beginning_views
from union_portal.home.desk import views as desk_views
from union_portal.home.files import views as files_views
from union_portal.home.guides import views as guides_views
from union_portal.home.health.views import health, jobs
from union_portal.home.imports import views as imports_views
from union_portal.home.leaving import views as leaving_views
from union_portal.home.member_page import views as member_page_views
from union_portal.home.officers import views as officers_views
from union_portal.home.profile import views as profile_views
from union_portal.home.statements import views as statements_views

app_name = "home"
urlpatterns = [
    path("", member_page_views.start, name="start"),
    path("benefits/", member_page_views.benefits, name="benefits"),
    path("me/", member_page_views.me, name="me"),
    path("statement/", statements_views.own, name="statement"),
    path("statement/ask/", statements_views.ask_own, name="statement_ask"),
    path("statement/<int:pk>.pdf", statements_views.own_file, name="statement_file"),
    path("help/", guides_views.guide, name="help"),
    path("help/<slug:key>/", guides_views.guide, name="guide"),
    path("health/", health, name="health"),
    path("admin/jobs/", jobs, name="jobs"),
    path("admin/leaving/<int:pk>.zip", leaving_views.take, name="leaving_take"),
    path("admin/drafts/", desk_views.drafts_page, name="drafts"),
    path("admin/filters/", desk_views.filters, name="filters"),
    path("admin/files/", files_views.files, name="files"),
    path("admin/files/<int:pk>/", files_views.file, name="file"),
    path("admin/files/<int:pk>/take/", files_views.take, name="file_take"),
    path("admin/files/<int:pk>/again/", files_views.again, name="file_again"),
    path("admin/files/<int:pk>/remove/", files_views.remove, name="file_remove"),
    # Below /admin/, whose content policy the desk's theme needs.
    path("admin/statements/<int:person_id>/", statements_views.of_person, name="person_statement"),
    path("admin/statements/<int:person_id>/ask/", statements_views.ask_of_person, name="person_statement_ask"),
    path(
        "admin/statements/<int:person_id>/<int:pk>.pdf", statements_views.file_of_person, name="person_statement_file"
    ),
    path("admin/beginning/", beginning_views.beginning, name="beginning"),
    path("admin/officers/", officers_views.officer, name="officer"),
    path("admin/officers/<int:office>/aside/", officers_views.officer_aside, name="officer_aside"),
    path("admin/officers/candidates/", officers_views.officer_candidates, name="officer_candidates"),
    path("admin/profile/", profile_views.edit, name="profile"),
    path("emblem/<int:pk>/", profile_views.emblem, name="emblem"),
    path("admin/imports/", imports_views.upload, name="import_upload"),
    path("admin/imports/columns/<slug:kind>/", imports_views.import_columns, name="import_columns"),
    path("admin/imports/template/<slug:kind>/", imports_views.import_template, name="import_template"),
    path("admin/imports/back/<int:pk>/", imports_views.import_taking_back, name="import_taking_back"),
    path("admin/imports/<uuid:pk>/", imports_views.import_preview, name="import_preview"),
    path("admin/imports/<uuid:pk>/confirm/", imports_views.import_confirm, name="import_confirm"),
    path("admin/imports/<uuid:pk>/answer/", imports_views.import_answer, name="import_answer"),
    path("admin/imports/<uuid:pk>/words/", imports_views.import_words, name="import_words"),
    path("admin/imports/<uuid:pk>/absent/", imports_views.import_absent, name="import_absent"),
    path("admin/imports/<uuid:pk>/retry/", imports_views.import_retry, name="import_retry"),
    path("admin/imports/<uuid:pk>/recheck/", imports_views.import_recheck, name="import_recheck"),
    path("admin/imports/<uuid:pk>/marked/", imports_views.import_marked, name="import_marked"),
    path("admin/imports/<uuid:pk>/discard/", imports_views.import_discard, name="import_discard"),
]
