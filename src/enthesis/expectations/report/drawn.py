"""A figure inside a page: one SVG with title and description, and the table it was drawn from."""

import re
from html import escape

from enthesis.evidence.figures import Figure
from enthesis.evidence.report.page import folded, table
from enthesis.expectations.report.names import Names
from enthesis.expectations.report.told import IN_ENGLISH

NAMED = re.compile(r'(\bid="|url\(#|href="#)([\w-]+)')
CELL = re.compile(r'<td class="number">[^<]*')
PARTS = re.compile(r' (?:role="graphics-[\w-]+"|aria-(?:roledescription|label)="[^"]*")')


def picture(figure: Figure, names: Names = IN_ENGLISH) -> str:
    """The figure as inline SVG. Names inside are made this figure's own, so that several stand on one page; to the ear it
    is one picture, told by its title and description.
    """
    say = names.told
    own = {f"{figure.id}-title", f"{figure.id}-desc"}
    drawn = PARTS.sub("", figure.svg())
    svg = NAMED.sub(lambda m: m.group(0) if m.group(2) in own else f"{m.group(1)}{figure.id}-{m.group(2)}", drawn)
    rows = table(
        figure.columns, figure.rows, caption=say("{figure}: the numbers", figure=f"{figure.title} ({figure.id})")
    )
    rows = CELL.sub(lambda cell: names.written(cell.group()), rows)
    label = escape(f"{figure.title} ({figure.id})")
    return (
        f'<figure><div class="scroll" role="region" tabindex="0" aria-label="{label}">{svg}</div>'
        f"<figcaption>{escape(figure.title)}</figcaption></figure>{folded(say('The numbers of this figure'), rows)}"
    )
