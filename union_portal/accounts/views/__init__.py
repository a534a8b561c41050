"""Signing in for the first time; the doors of what records keep."""

from union_portal.accounts.views.doors import give_made, give_paper
from union_portal.accounts.views.signing_in import first_sign_in

__all__ = ["first_sign_in", "give_made", "give_paper"]
