"""The access matrix: who may do what with what, one row per address and method, written from the roles and not from the code.

A row says for each relation of the object which people may (`may`), and which see the thing but are told that it is not theirs
to do (`told`, 403). For everyone else the object does not exist (404), or, where there is no object, it is forbidden (403).
"""

from .back_office import BACK_OFFICE
from .breaches import BREACHES
from .connections import CONNECTIONS
from .consents import CONSENTS
from .convenant import CONVENANT
from .desk_work import DESK_WORK
from .desks import DESKS
from .emergencies import EMERGENCIES
from .erasing import ERASING
from .ground import GROUND, PUBLIC
from .handing_in import HANDING_IN
from .keeping_accounts import KEEPING_ACCOUNTS
from .listening import LISTENING
from .notifications import NOTIFICATIONS
from .people_of_a_case import PEOPLE_OF_A_CASE
from .rights import RIGHTS
from .round_the_table import ROUND_THE_TABLE
from .rows import ANONYMOUS, ANY, EXEMPT, NONE, PEOPLE, SIGNED_IN, Row
from .standing_still import STANDING_STILL
from .time import TIME
from .who_looked import WHO_LOOKED
from .wijkbegroting import WIJKBEGROTING

MATRIX: list[Row] = [
    *PUBLIC,
    *GROUND,
    *CONVENANT,
    *LISTENING,
    *PEOPLE_OF_A_CASE,
    *ROUND_THE_TABLE,
    *BACK_OFFICE,
    *TIME,
    *DESK_WORK,
    *DESKS,
    *HANDING_IN,
    *CONSENTS,
    *WIJKBEGROTING,
    *WHO_LOOKED,
    *EMERGENCIES,
    *RIGHTS,
    *ERASING,
    *KEEPING_ACCOUNTS,
    *BREACHES,
    *STANDING_STILL,
    *NOTIFICATIONS,
    *CONNECTIONS,
]

__all__ = ["ANONYMOUS", "ANY", "EXEMPT", "MATRIX", "NONE", "PEOPLE", "SIGNED_IN", "Row"]
