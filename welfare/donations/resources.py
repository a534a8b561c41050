"""Drives and donations by list."""

from collections.abc import Sequence

from members.people.models import Person
from union_portal.base.importing.kinds import register_kind
from union_portal.base.importing.lists import ModelList
from union_portal.base.importing.rows import Row
from welfare.donations.models import Donation, DonationDrive


@register_kind
class DriveList(ModelList):
    model, name, key, order = DonationDrive, "donation_drives", ("title",), 58
    fields_in_order = ("title", "kind", "opened_on", "closed_on", "cause", "document", "fund")
    synonyms = {"title": ("活动名称", "捐款活动"), "opened_on": ("日期",), "document": ("文件",)}


@register_kind
class DonationList(ModelList):
    model, name, key, order = Donation, "donations", ("drive", "donor", "given_on"), 59
    synonyms = {
        "drive": ("活动名称",),
        "person": ("工号",),
        "donor": ("姓名", "捐赠单位"),
        "given_on": ("日期",),
        "givers": ("人数",),
        "amount": ("金额", "捐款金额"),
        "goods": ("物品",),
    }

    def load_current(self, rows: Sequence[Row]) -> None:
        """Whoever is named by the staff number alone goes by the register's name."""
        keys = [row.values["person"] for row in rows if row.values.get("person") and not row.values.get("donor")]
        names = dict(Person.objects.filter(pk__in=keys).values_list("pk", "name"))
        for row in rows:
            row.values["donor"] = row.values.get("donor") or names.get(row.values.get("person"))
        super().load_current(rows)
