"""Commands of the congress."""
