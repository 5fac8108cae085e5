"""Everything that changes a request."""

from .among_colleagues import ask_second_opinion, give_second_opinion, note_at_desk
from .answer_templates import change_answer_template, make_answer_template, retire_answer_template
from .at_desk import answer_request, ask_back, open_request, post_at_desk, take_up_request, visible_categories
from .at_loket import reply_to_desk, tell_resident
from .dividing import assign_request, divide_queue, give_back_request
from .filters import choose_filter, remove_filter, save_filter
from .following import requests_go_along, tell_desks
from .grounds import reword_question, see_ground_ended
from .sending import make_up_desk, route_request, withdraw_request

__all__ = [
    "answer_request",
    "ask_second_opinion",
    "assign_request",
    "change_answer_template",
    "choose_filter",
    "divide_queue",
    "give_back_request",
    "give_second_opinion",
    "make_answer_template",
    "note_at_desk",
    "remove_filter",
    "retire_answer_template",
    "save_filter",
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
