"""The app that brings the admin, with the desk's own site."""

from django.contrib.admin.apps import AdminConfig


class DeskConfig(AdminConfig):
    default_site = "union_portal.base.admin.site.DeskSite"
