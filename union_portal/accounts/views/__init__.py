"""Signing in for the first time, the language, the pulse."""

from union_portal.accounts.views.language import choose_language
from union_portal.accounts.views.signing_in import first_sign_in

__all__ = ["choose_language", "first_sign_in"]
