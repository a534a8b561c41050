"""Writes to the register, as verbs."""
