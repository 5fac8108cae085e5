"""One question for the whole house: may this person do that?"""

from collections.abc import Callable
from typing import Any

from luisterloket.platform.exceptions import NotAllowed


def may(check: Callable[..., None], actor: Any, *things: Any) -> bool:
    """The answer of a `check_may_…` function as a yes or no, for a page that offers or hides a button."""
    try:
        check(actor, *things)
    except NotAllowed:
        return False
    return True
