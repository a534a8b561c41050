"""Targets by list."""

from union_portal.base.importing.kinds import register_kind
from union_portal.base.importing.lists import ModelList
from welfare.consumption.models import AssistanceTarget


@register_kind
class TargetList(ModelList):
    model, name, key, order = AssistanceTarget, "assistance_targets", ("title", "year"), 59
