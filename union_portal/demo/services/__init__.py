"""Making the demo college: invented people living through three years of union work."""
