"""Everything in one archive: asked for by one, confirmed by another; and the way into an empty instance."""
