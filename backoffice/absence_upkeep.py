"""When someone was away is kept as long as it can matter to what they had in hand, and no longer."""

from luisterloket.platform.upkeep import clears

clears("DELETE FROM backoffice_absence WHERE coalesce(withdrawn_at::date, until) < %s", "TRACE_DAYS")
