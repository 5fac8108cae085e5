"""Starts Luisterloket on one machine: the packages, a PostgreSQL, the demo and the checks. Knows nothing of Django."""
