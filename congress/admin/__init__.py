"""The congress desk."""
