"""Everything that changes a request."""

from .grounds import reword_question, see_ground_ended
from .requests import (
    answer_request,
    ask_back,
    make_up_desk,
    open_request,
    post_at_desk,
    reply_to_desk,
    route_request,
    take_up_request,
    tell_resident,
    visible_categories,
    withdraw_request,
)

__all__ = [
    "answer_request",
    "make_up_desk",
    "ask_back",
    "open_request",
    "post_at_desk",
    "reply_to_desk",
    "reword_question",
    "route_request",
    "see_ground_ended",
    "take_up_request",
    "tell_resident",
    "visible_categories",
    "withdraw_request",
]
