"""When each wait about money should be over. A wait always has an owner and a date (rule 6)."""

from datetime import datetime, timedelta

from luisterloket.wijken.calendar import OpeningHours

from .models import MaatwerkGrant

HOURS = OpeningHours()
COSIGN_MINUTES = 60
DECIDE_DAYS = 1
PAY_DAYS = 1
LINE_DAYS = 5
# From this many days on, money that was set apart and not paid is asked after.
RESERVED_DAYS = 14


def cosign_by(grant: MaatwerkGrant) -> datetime:
    """Within the hour a colleague answers."""
    return HOURS.after_minutes(grant.asked_at, COSIGN_MINUTES)


def decide_by(grant: MaatwerkGrant) -> datetime:
    """The next working day the wijkwethouder has answered."""
    return HOURS.after_working_days(grant.cosigned_at or grant.asked_at, DECIDE_DAYS)


def pay_by(grant: MaatwerkGrant) -> datetime:
    """The next working day it has been paid."""
    return HOURS.after_working_days(grant.decided_at or grant.asked_at, PAY_DAYS)


def decide_line_by(proposed_at: datetime) -> datetime:
    """Within a week the wijk hears about its line."""
    return HOURS.after_working_days(proposed_at, LINE_DAYS)


def reserved_until(grant: MaatwerkGrant) -> datetime:
    return (grant.decided_at or grant.asked_at) + timedelta(days=RESERVED_DAYS)
