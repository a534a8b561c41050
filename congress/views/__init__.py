"""Pages of the congress outside the desk."""
