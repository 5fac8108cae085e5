"""The stories of the demo city. In Dutch, because that is what was heard."""

from . import contract, essay, schilderswijk, vreewijk
from .schilderswijk import HEARING
from .story import FAIR, Story

STORIES = [*essay.STORIES, *schilderswijk.STORIES, *vreewijk.STORIES, *contract.STORIES]

__all__ = ["FAIR", "HEARING", "STORIES", "Story"]
