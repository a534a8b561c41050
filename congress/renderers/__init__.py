"""The congress on paper."""
