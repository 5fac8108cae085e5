"""Everything that changes a request."""

from .at_desk import answer_request, ask_back, open_request, post_at_desk, take_up_request, visible_categories
from .at_loket import reply_to_desk, tell_resident
from .following import requests_go_along, tell_desks
from .grounds import reword_question, see_ground_ended
from .sending import make_up_desk, route_request, withdraw_request
from .stalls import ask_to_act, drop_stall_rule, keep_stall_rule, snooze_stall

__all__ = [
    "ask_to_act",
    "drop_stall_rule",
    "keep_stall_rule",
    "snooze_stall",
    "answer_request",
    "requests_go_along",
    "tell_desks",
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
