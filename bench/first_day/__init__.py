"""A school's first day in a browser, from the first account's one-time code to a frozen report's PDF."""
