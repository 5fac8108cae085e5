"""The rights of the resident, and the register of processing activities."""

from .rows import ANY, APPOINTED, Row

WORKS_UNDER_IT = "Who works under the convenant may read what is done with personal data; an account alone is no appointment."
RIGHTS = [
    Row("processing-register", "GET", WORKS_UNDER_IT, may={ANY: APPOINTED}),
    Row("processing-register-json", "GET", WORKS_UNDER_IT, may={ANY: APPOINTED}),
    Row("processing-register-csv", "GET", WORKS_UNDER_IT, may={ANY: APPOINTED}),
]
