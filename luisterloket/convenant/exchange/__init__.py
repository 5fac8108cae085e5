"""A convenant as a file: written, read and checked (the format is described in docs/convenant-file.md)."""

from .reading import FileRefused, parse
from .shape import FORMAT, FORMAT_VERSION, LONGEST_FILE, Parsed, ParsedParty
from .starter import starter
from .writing import as_file

__all__ = ["FORMAT", "FORMAT_VERSION", "LONGEST_FILE", "FileRefused", "Parsed", "ParsedParty", "as_file", "parse", "starter"]
