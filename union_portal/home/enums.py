"""Parts of the import page."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Section(models.TextChoices):
    """The lists of a preview, in the page's order."""

    FAULTS = "faults", _("faults")
    CHANGED = "changed", _("changed")
    NEW = "new", _("new")
    LEAVERS = "leavers", _("leavers")
