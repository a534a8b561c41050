"""The staff desk's building blocks on the admin theme; see `model_admin` for the base and `actions` for steps."""

from union_portal.base.admin.actions import object_action
from union_portal.base.admin.blocks import Block, Blocks, block_of, refused_by
from union_portal.base.admin.episodes import EpisodeInline
from union_portal.base.admin.forms import dress
from union_portal.base.admin.model_admin import (
    PortalModelAdmin,
    PortalStackedInline,
    PortalTabularInline,
    ReadOnlyModelAdmin,
    adopt,
)
from union_portal.base.admin.own_page import OwnPageAdmin
from union_portal.base.admin.record import RecordAdmin
from union_portal.base.admin.scoping import scoped
from union_portal.base.admin.shim import ThemedExportMixin, display
from union_portal.base.forms import add_refusal

__all__ = [
    "Block",
    "Blocks",
    "EpisodeInline",
    "OwnPageAdmin",
    "PortalModelAdmin",
    "PortalStackedInline",
    "PortalTabularInline",
    "ReadOnlyModelAdmin",
    "RecordAdmin",
    "ThemedExportMixin",
    "add_refusal",
    "adopt",
    "block_of",
    "display",
    "dress",
    "object_action",
    "refused_by",
    "scoped",
]
