"""Reading and writing spreadsheets as Chinese offices fill them in; knows nothing of any kind of record."""
