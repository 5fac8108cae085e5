"""Django's PostgreSQL backend that tells every transaction who acts (decision 0004)."""
