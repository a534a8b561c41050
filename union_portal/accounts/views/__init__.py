"""Signing in for the first time; the door of a record's paper."""

from union_portal.accounts.views.doors import give_paper
from union_portal.accounts.views.signing_in import first_sign_in

__all__ = ["first_sign_in", "give_paper"]
