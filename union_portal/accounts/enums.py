"""Roles and the kinds of access that are logged."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What somebody is in the union's work: whoever holds one works at the staff desk and needs a second factor.

    Members need none, nor does who answers for a department: a post there opens its desk.
    """

    CHAIR = "chair", _("chair")
    VICE_CHAIR = "vice_chair", _("vice chair")
    ORGANISATION = "organisation", _("organisation officer")
    WELFARE = "welfare", _("welfare officer")
    CONGRESS = "congress", _("congress officer")
    ACTIVITIES = "activities", _("activities officer")
    WOMEN = "women", _("women's officer")
    BRANCH_CHAIR = "branch_chair", _("branch chair")
    FINANCE = "finance", _("finance")
    AUDIT = "audit", _("finance review committee")
    ADMINISTRATOR = "administrator", _("system administrator")


# Roles that see the whole school; branch chairs see their branch only.
SCHOOL_ROLES = frozenset(
    {Role.CHAIR, Role.VICE_CHAIR, Role.ORGANISATION, Role.WELFARE, Role.CONGRESS, Role.ACTIVITIES, Role.WOMEN}
    | {Role.FINANCE, Role.AUDIT},
)


class Access(models.TextChoices):
    """What the access log records."""

    SIGN_IN = "sign_in", _("signed in")
    REFUSED = "refused", _("sign-in refused")
    SIGN_OUT = "sign_out", _("signed out")
    CODE = "code", _("one-time code issued")
    REVEAL = "reveal", _("revealed")
    EXPORT = "export", _("exported")
    IMPORT = "import", _("imported")
    PRINT = "print", _("printed")
    DOWNLOAD = "download", _("downloaded")


class DataClass(models.TextChoices):
    """Classes of personal data, from the least to the most sensitive (PIPL article 51)."""

    BASIC = "basic", _("basic")
    CONTACT = "contact", _("contact")
    IDENTITY = "identity", _("identity and bank")
    HEALTH = "health", _("health and family")
