"""What each fund held, took in and spent in a year: a view of the ledger, read with one query."""

from django.db import models

from welfare.books.models import Fund
from welfare.books.querysets import SchoolQuerySet


class FundBalance(models.Model):
    """资金结余: a fund in a year of its book. Opening and balance are unknown until the opening balance was posted."""

    fund = models.ForeignKey(
        Fund, models.DO_NOTHING, db_constraint=False, related_name="balances", verbose_name="资金来源"
    )
    year = models.PositiveSmallIntegerField("年度")
    opening = models.DecimalField("期初结余（元）", max_digits=16, decimal_places=2, null=True)
    income = models.DecimalField("收入（元）", max_digits=16, decimal_places=2)
    expense = models.DecimalField("支出（元）", max_digits=16, decimal_places=2)
    balance = models.DecimalField("期末结余（元）", max_digits=16, decimal_places=2, null=True)

    objects = SchoolQuerySet.as_manager()
    empty_words = "各项资金每年的期初、收入、支出和结余，由台账自动算出。"

    class Meta:
        managed = False
        db_table = "welfare_fundbalance"
        verbose_name = verbose_name_plural = "资金结余"
        ordering = ["-year", "fund"]

    def __str__(self) -> str:
        return f"{self.fund} {self.year}"
