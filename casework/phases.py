"""In what phase of the work a case is (the phases of the Wams bill), for the cells of the convenant that hold in one phase only.

Exploring as long as there is no plan; investigating once there are goals or steps; helping by a plan once the resident agreed
to a step; ended when the case is.
"""

from uuid import UUID

from django.db import connection

from luisterloket.convenant.disclosure import phases


@phases.register(order=10)
def phase_of_case(case_id: UUID) -> str | None:
    """The database tells it, so that someone at a desk or at a table, who reads no plan, gets what belongs to the phase too."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT case_phase(%s)", [case_id])
        (phase,) = cursor.fetchone()
    return phase
