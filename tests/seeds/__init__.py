"""The numbered facts of five real annual reports, from rows entered as a union enters them to JSON and a sentence."""
