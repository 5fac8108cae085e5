"""What `manage.py check` and every start of `manage.py migrate` look at: whether files of documents can be kept."""

import os
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import Error, register


@register()
def documents_can_be_kept(app_configs: Any = None, **_kwargs: Any) -> list[Error]:
    """In production the folder must be there, be ours, and be served by nobody."""
    if not settings.PRODUCTION:
        return []
    folder = Path(settings.DOCUMENTS_DIR)
    if not folder.is_dir() or not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
        hint = "Make the folder and give it to the user that the site runs as, or set DOCUMENTS_DIR. See docs/operations.md."
        return [
            Error(f"Documents cannot be kept in {folder}: it is not there, or cannot be written.", hint=hint, id="casework.E001")
        ]
    return []
