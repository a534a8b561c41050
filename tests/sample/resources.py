"""The samples as lists."""

from tests.sample.models import Loan, Notice
from union_portal.base.importing.lists import ModelList


class LoanList(ModelList):
    model, key, name = Loan, ("item", "lent_on"), "sample-loans"
    synonyms = {"item": ("借用物品",), "lent_on": ("日期",)}


class NoticeList(ModelList):
    model, key, name = Notice, ("title", "posted_on"), "sample-notices"
    fields_in_order = ("title", "kind", "posted_on", "readers", "note")
    words = {"kind": {"通知": "news"}}
