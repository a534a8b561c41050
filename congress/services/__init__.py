"""What may be done in the congress, one module per job."""
