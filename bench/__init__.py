"""Timings against their floors, in the same run on the same machine: `make bench`."""
