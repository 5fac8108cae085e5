"""Everything that changes a request or a hand-in."""

from .at_desk import answer_request, ask_back, open_request, post_at_desk, take_up_request, visible_categories
from .at_loket import reply_to_desk, tell_resident
from .following import requests_go_along, tell_desks
from .grounds import reword_question, see_ground_ended
from .hand_ins import hand_in, lokets, withdraw_hand_in
from .receiving import (
    accept_hand_in,
    conclude_hand_in,
    give_hand_in,
    goes_with_the_conversation,
    send_back_hand_in,
    waits_again,
)
from .sending import make_up_desk, route_request, withdraw_request

__all__ = [
    "accept_hand_in",
    "conclude_hand_in",
    "give_hand_in",
    "goes_with_the_conversation",
    "hand_in",
    "lokets",
    "send_back_hand_in",
    "waits_again",
    "withdraw_hand_in",
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
