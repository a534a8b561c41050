"""The member's pages and the portal's pulse."""

from django.urls import path

from union_portal.home.views import member
from union_portal.home.views.health import health

app_name = "home"
urlpatterns = [
    path("", member.start, name="start"),
    path("benefits/", member.benefits, name="benefits"),
    path("me/", member.me, name="me"),
    path("health/", health, name="health"),
]
