"""A draft as JSON and as paper; renderers see nothing but the draft."""
