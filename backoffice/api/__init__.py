"""The back office for systems of desks: the same requests, checks and actions as on the pages."""
