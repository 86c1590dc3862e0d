"""A figure inside a page: one SVG with title and description, and the table it was drawn from."""

import re
from html import escape

from enthesis.evidence.figures import Figure
from enthesis.evidence.report.page import folded, table

NAMED = re.compile(r'(\bid="|url\(#|href="#)([\w-]+)')

PARTS = re.compile(r' (?:role="graphics-[\w-]+"|aria-(?:roledescription|label)="[^"]*")')


def picture(figure: Figure) -> str:
    """The figure as inline SVG. Names inside are made this figure's own, so that several stand on one page; to the ear it
    is one picture, told by its title and description.
    """
    own = {f"{figure.id}-title", f"{figure.id}-desc"}
    drawn = PARTS.sub("", figure.svg())
    svg = NAMED.sub(lambda m: m.group(0) if m.group(2) in own else f"{m.group(1)}{figure.id}-{m.group(2)}", drawn)
    rows = table(figure.columns, figure.rows, caption=f"{figure.title} ({figure.id}): the numbers")
    label = escape(f"{figure.title} ({figure.id})")
    return (
        f'<figure><div class="scroll" role="region" tabindex="0" aria-label="{label}">{svg}</div>'
        f"<figcaption>{escape(figure.title)}</figcaption></figure>{folded('The numbers of this figure', rows)}"
    )
