"""A small app that never ships: a plain kind, one with states, one with children, for the tests of the base classes."""
