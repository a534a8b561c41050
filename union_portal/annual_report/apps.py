from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AnnualReportConfig(AppConfig):
    name = "union_portal.annual_report"
    label = "annual_report"
    verbose_name = _("annual report")
