"""Signing in for the first time."""

from union_portal.accounts.views.signing_in import first_sign_in

__all__ = ["first_sign_in"]
