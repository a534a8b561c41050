"""What is filled in for the congress, at the desk and on the phone."""
