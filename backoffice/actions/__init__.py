"""Everything that changes a request."""

from .absences import change_absence, end_absence, note_absence, pass_on_requests
from .at_desk import answer_request, ask_back, open_request, post_at_desk, take_up_request, visible_categories
from .at_loket import reply_to_desk, tell_resident
from .desks import describe_desk
from .following import requests_go_along, tell_desks
from .grounds import reword_question, see_ground_ended
from .intake import add_question, change_question, raise_question, retire_question
from .sending import make_up_desk, route_request, withdraw_request

__all__ = [
    "add_question",
    "answer_request",
    "requests_go_along",
    "tell_desks",
    "make_up_desk",
    "ask_back",
    "change_absence",
    "change_question",
    "describe_desk",
    "end_absence",
    "note_absence",
    "open_request",
    "pass_on_requests",
    "raise_question",
    "post_at_desk",
    "reply_to_desk",
    "retire_question",
    "reword_question",
    "route_request",
    "see_ground_ended",
    "take_up_request",
    "tell_resident",
    "visible_categories",
    "withdraw_request",
]
