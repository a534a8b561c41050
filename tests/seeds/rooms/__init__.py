"""A module for each room: `enter()` and `FACTS`."""
