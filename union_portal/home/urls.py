"""The member's pages and the portal's pulse."""

from django.urls import path

from union_portal.home.views.health import health

app_name = "home"
urlpatterns = [
    path("health/", health, name="health"),
]
