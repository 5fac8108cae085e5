"""Placeholder."""


def watch() -> int:
    return 0
