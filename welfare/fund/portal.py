"""The statement's place at the desk."""

from union_portal.base.portal import Contribution, Place, contribute

contribute(
    Contribution(
        places=(Place("money", "收支决算表", "welfare:fund_statement", "welfare.view_budget", icon="summarize"),)
    )
)
