"""Logs hold ids and never names: one JSON object a line on standard output."""

import json
import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from secrets import token_hex

_trace: ContextVar[str] = ContextVar("trace", default="")
_span: ContextVar[str] = ContextVar("span", default="")
# W3C Trace Context: version, trace, span, flags. A trace or span of noughts only is none.
TRACEPARENT = re.compile(r"(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-[0-9a-f]{2}(-.*)?")


def trace_id() -> str:
    return _trace.get()


def new_trace_id() -> str:
    return token_hex(16)


def new_span_id() -> str:
    return token_hex(8)


def parent_span_id() -> str:
    """The span of whoever asked us, or of this request itself; empty outside one."""
    return _span.get()


def traceparent() -> str:
    """What goes along to another application, so that its log can be laid beside ours."""
    return f"00-{_trace.get() or new_trace_id()}-{_span.get() or new_span_id()}-01"


def read_traceparent(header: str) -> tuple[str, str]:
    """Trace and span of whoever asks; fresh ones when the header is missing or not one of W3C Trace Context."""
    found = TRACEPARENT.fullmatch(header)
    return (found[1], found[2]) if found else (new_trace_id(), new_span_id())


@contextmanager
def tracing(trace: str, span: str = "") -> Iterator[None]:
    tokens = _trace.set(trace), _span.set(span)
    try:
        yield
    finally:
        _trace.reset(tokens[0])
        _span.reset(tokens[1])


class NoPersonalData(logging.Filter):
    """Drops what could carry personal data: the values of a failed statement and the local variables of a traceback."""

    def filter(self, record: logging.LogRecord) -> bool:
        if record.exc_info and record.exc_info[1] is not None:
            error = record.exc_info[1]
            frames = []
            traceback = error.__traceback__
            while traceback:
                frames.append(f"{traceback.tb_frame.f_code.co_filename}:{traceback.tb_lineno}")
                traceback = traceback.tb_next
            record.failure = {"kind": type(error).__name__, "at": frames[-6:]}
            record.exc_info = None
            record.exc_text = None
        return True


class JsonFormatter(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": self.formatTime(record),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            "trace": _trace.get(),
        }
        if hasattr(record, "failure"):
            line["failure"] = record.failure
        return json.dumps(line, ensure_ascii=False)
