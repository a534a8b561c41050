"""The union's fund: a year's statement."""

from django.urls import URLPattern, path

from welfare.fund import views

urlpatterns: list[URLPattern] = [path("admin/welfare/fund/statement/", views.year_statement, name="fund_statement")]
