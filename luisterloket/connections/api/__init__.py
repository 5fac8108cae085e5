"""The ground of the API: who asks, what an error looks like, pages, keys against doing something twice, and the description.

The interface is Dutch by the rules for APIs of the Dutch government (interface-language), so its words stand here as they are read
and are not translated.
"""

MAJOR = 1
# Raised by who changes the interface; what is no longer understood makes another major version (docs/api.md).
VERSION = "1.0.0"
PREFIX = f"/api/v{MAJOR}/"
