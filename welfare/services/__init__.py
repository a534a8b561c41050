"""Writes to rounds, grants, covers and the ledger, as verbs."""
