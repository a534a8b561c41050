"""Categories of proposals."""

from django.contrib import admin

from congress.drives.models import ProposalCategory
from union_portal.base.admin import PortalModelAdmin


@admin.register(ProposalCategory)
class ProposalCategoryAdmin(PortalModelAdmin[ProposalCategory]):
    """Categories: renamed and retired, never deleted, for past proposals stay in them."""

    list_display = ("name", "position", "in_use")
    list_filter = ("in_use",)
    search_fields = ("name",)
    code_field = "code"
