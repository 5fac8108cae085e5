"""Everything that changes a request or a hand-in."""

from .absences import change_absence, end_absence, note_absence, pass_on_requests
from .among_colleagues import ask_second_opinion, give_second_opinion, note_at_desk
from .answer_templates import change_answer_template, make_answer_template, retire_answer_template
from .answers import answer_request, judge_question
from .at_desk import ask_back, open_request, post_at_desk, take_up_request, visible_categories
from .at_loket import check_outcome, reply_to_desk, set_outcome_weeks, tell_resident
from .contests import contest_answer, decide_escalation, escalate, reconsider_answer, take_contest_back
from .desks import describe_desk
from .dividing import assign_request, divide_queue, give_back_request
from .filters import choose_filter, remove_filter, save_filter
from .following import requests_go_along, tell_desks
from .grounds import reword_question, see_ground_ended
from .hand_ins import hand_in, lokets, withdraw_hand_in
from .intake import add_question, change_question, raise_question, retire_question
from .keeping import close_desk_on, open_desk_on, set_desk_hours, set_desk_kinds, set_term
from .pausing import extend_answer, pause_answer, resume_answer
from .receiving import accept_hand_in, conclude_hand_in, give_hand_in, goes_with_the_conversation, send_back_hand_in, waits_again
from .sending import make_up_desk, route_request, withdraw_request
from .several import route_requests
from .stalls import ask_to_act, drop_stall_rule, keep_stall_rule, snooze_stall

__all__ = [
    "accept_hand_in",
    "add_question",
    "answer_request",
    "ask_back",
    "ask_second_opinion",
    "ask_to_act",
    "assign_request",
    "change_absence",
    "change_answer_template",
    "change_question",
    "check_outcome",
    "choose_filter",
    "close_desk_on",
    "conclude_hand_in",
    "contest_answer",
    "decide_escalation",
    "describe_desk",
    "divide_queue",
    "drop_stall_rule",
    "end_absence",
    "escalate",
    "extend_answer",
    "give_back_request",
    "give_hand_in",
    "give_second_opinion",
    "goes_with_the_conversation",
    "hand_in",
    "judge_question",
    "keep_stall_rule",
    "lokets",
    "make_answer_template",
    "make_up_desk",
    "note_absence",
    "note_at_desk",
    "open_desk_on",
    "open_request",
    "pass_on_requests",
    "pause_answer",
    "post_at_desk",
    "raise_question",
    "reconsider_answer",
    "remove_filter",
    "reply_to_desk",
    "requests_go_along",
    "resume_answer",
    "retire_answer_template",
    "retire_question",
    "reword_question",
    "route_request",
    "route_requests",
    "save_filter",
    "see_ground_ended",
    "send_back_hand_in",
    "set_desk_hours",
    "set_desk_kinds",
    "set_outcome_weeks",
    "set_term",
    "snooze_stall",
    "take_contest_back",
    "take_up_request",
    "tell_desks",
    "tell_resident",
    "visible_categories",
    "waits_again",
    "withdraw_hand_in",
    "withdraw_request",
]
