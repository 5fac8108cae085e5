"""Everything that changes a request."""

from .answers import answer_request, judge_question
from .at_desk import ask_back, open_request, post_at_desk, take_up_request, visible_categories
from .at_loket import check_outcome, reply_to_desk, set_outcome_weeks, tell_resident
from .contests import contest_answer, decide_escalation, escalate, reconsider_answer, take_contest_back
from .following import requests_go_along, tell_desks
from .grounds import reword_question, see_ground_ended
from .keeping import close_desk_on, open_desk_on, set_desk_hours, set_desk_kinds, set_term
from .pausing import extend_answer, pause_answer, resume_answer
from .sending import make_up_desk, route_request, withdraw_request
from .several import route_requests

__all__ = [
    "answer_request",
    "contest_answer",
    "decide_escalation",
    "escalate",
    "reconsider_answer",
    "take_contest_back",
    "requests_go_along",
    "tell_desks",
    "make_up_desk",
    "ask_back",
    "check_outcome",
    "judge_question",
    "close_desk_on",
    "extend_answer",
    "open_desk_on",
    "pause_answer",
    "resume_answer",
    "set_desk_hours",
    "set_desk_kinds",
    "set_term",
    "open_request",
    "post_at_desk",
    "reply_to_desk",
    "reword_question",
    "route_request",
    "route_requests",
    "see_ground_ended",
    "set_outcome_weeks",
    "take_up_request",
    "tell_resident",
    "visible_categories",
    "withdraw_request",
]
