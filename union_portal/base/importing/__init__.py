"""The engine beneath all imports and exports: kinds of record, preview, all-or-nothing confirm. Knows no app."""
