"""Hardship on the desk: standards, files, aids."""

from welfare.hardship.admin import aids, files, standards

__all__ = ["aids", "files", "standards"]
