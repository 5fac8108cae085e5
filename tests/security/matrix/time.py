"""The time of desks: what is done with the term of an answer, and who keeps hours, closed days, kinds and terms."""

from .rows import DESK, WIJK, Row, who

ANSWERS = "The desk answers, and so does what the law allows with its time; the loket hears of it."
LEADS = "Who leads a desk keeps its hours and terms; who works there is told so, for anyone else the desk is not there."
AT_DESK = {"may": {"routed": DESK}, "told": {"mine": WIJK}}
OF_THE_LEAD = {"of": "desk", "may": {"mine": who("desk_lead")}, "told": {"mine": who("specialist")}}
WEEK = {f"{part}_{day}": clock for day in range(5) for part, clock in (("opens", "09:00"), ("closes", "17:00"))}
TERM = {
    "kinds": "advice", "urgency": "normal", "clock": "answer", "amount": "4", "measure": "working_days", "valid_from": "2099-01-01",
    "source": "convenant",
}  # fmt: skip
TIME = [
    Row(
        "backoffice:request-pause", "POST", ANSWERS, of="request",
        data={"ground": "agreed", "until": "2099-01-05", "text": "Zij wil wachten"}, **AT_DESK,
    ),
    Row("backoffice:request-resume", "POST", ANSWERS, of="request", **AT_DESK),
    Row("backoffice:request-extend", "POST", ANSWERS, of="request", data={"amount": "1", "text": "Veel werk"}, **AT_DESK),
    Row("backoffice:desk-terms", "GET", LEADS, **OF_THE_LEAD),
    Row("backoffice:desk-term", "POST", LEADS, data=TERM, **OF_THE_LEAD),
    Row("backoffice:desk-hours", "POST", LEADS, data=WEEK, **OF_THE_LEAD),
    Row("backoffice:desk-close-day", "POST", LEADS, data={"first": "2099-01-05", "reason": "Studiedag"}, **OF_THE_LEAD),
    Row("backoffice:desk-open-day", "POST", LEADS, data={"day": "2099-01-05"}, **OF_THE_LEAD),
    Row("backoffice:desk-kinds", "POST", LEADS, data={"kinds": "advice"}, **OF_THE_LEAD),
]  # fmt: skip
