"""Helpers of the congress's templates."""
