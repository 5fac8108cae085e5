"""A summary as a PDF to take along: tagged, in its own language, in ordinary or large letters, with nothing fetched from anywhere.

WeasyPrint needs pango on the machine. Where either is not there, no PDF is offered and the page itself can be printed.
"""

from functools import lru_cache
from importlib import import_module
from typing import Any

ORDINARY, LARGE = 12, 18
# Fonts that a machine has; what comes first is easiest to read.
STYLE = """
@page {{ size: A4; margin: 20mm 18mm 22mm; @bottom-right {{ content: counter(page) " / " counter(pages); font-size: 9pt }} }}
html {{ font: {size}pt/1.6 "Noto Sans", "Liberation Sans", "DejaVu Sans", sans-serif; color: #000 }}
h1 {{ font-size: 1.5em; line-height: 1.2; margin: 0 0 .8em }}
p {{ margin: 0 0 .8em; orphans: 3; widows: 3 }}
blockquote {{ margin: 0 0 1em; padding-inline-start: 1em; border-inline-start: 2pt solid #000;
  font: 1.15em/1.5 "Noto Serif", "Liberation Serif", "DejaVu Serif", serif }}
.small {{ font-size: .75em; border-block-end: .5pt solid #999; padding-block-end: 2mm }}
h2 {{ font-size: 1.15em; margin: 0 0 .4em; break-after: avoid }}
.goal {{ break-inside: avoid; margin: 0 0 1em }}
.goal blockquote {{ margin: 0 0 .4em }}
.goal blockquote p {{ margin: 0 }}
.does {{ margin: 0; padding-inline-start: 1.2em }}
.does li {{ margin: 0 0 .35em }}
.small-print {{ font-size: .85em }}
table {{ border-collapse: collapse; inline-size: 100%; font-size: .8em }}
caption {{ text-align: start; margin-block-end: 2mm }}
th, td {{ text-align: start; padding: 1mm 2mm 1mm 0; border-block-end: .5pt solid #999; vertical-align: top }}
.trend {{ inline-size: 28mm; block-size: 10mm }}
.agreed {{ border-block-start: .5pt solid #999; padding-block-start: 3mm }}
"""


@lru_cache(maxsize=1)
def _weasyprint() -> Any:
    try:
        return import_module("weasyprint")
    except (ImportError, OSError):
        # OSError: the package is there, pango is not.
        return None


def can_make_pdf() -> bool:
    return _weasyprint() is not None


def pdf(html: str, *, large: bool) -> bytes:
    """The page as PDF. Its title and language come from the HTML; nothing else is put in its properties."""
    library = _weasyprint()
    style = library.CSS(string=STYLE.format(size=LARGE if large else ORDINARY))
    fetcher = library.urls.URLFetcher(allowed_protocols=())
    return library.HTML(string=html, url_fetcher=fetcher).write_pdf(stylesheets=[style], pdf_tags=True)
