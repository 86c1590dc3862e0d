"""One page that needs nothing else: plain HTML with its pictures and its style inside, readable on paper and by ear."""

import base64
from collections.abc import Iterable, Sequence
from html import escape

from enthesis.evidence.figures import Figure
from enthesis.evidence.figures.figure import Cell

STYLE = """
:root { color: #16324f; background: white; font: 16px/1.55 system-ui, sans-serif }
body { max-width: 62rem; margin: 0 auto; padding: 1rem }
h1, h2, h3 { line-height: 1.25 } h2 { margin-top: 2.5rem; border-top: 1px solid #c9d2da; padding-top: 1rem }
p, li { overflow-wrap: break-word } a { color: #0b5a8a } .note { color: #51606f }
.warning { border-left: 4px solid #8a6100; padding: .25rem .75rem; background: #faf6ec }
figure { margin: 1rem 0 } figure .scroll img, figure .scroll svg { max-width: none; height: auto } figcaption { color: #51606f }
.scroll { overflow-x: auto } a { overflow-wrap: anywhere } table { border-collapse: collapse; font-size: .9rem; width: 100% }
th, td { border-bottom: 1px solid #dde3e8; padding: .3rem .6rem; text-align: left; vertical-align: top }
td.number, th.number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums }
caption { text-align: left; color: #51606f; padding: .3rem 0 }
details { margin: .5rem 0 } summary { cursor: pointer; min-height: 1.5rem } summary h3 { display: inline; font-size: 1.05rem }
details.group { border: 1px solid #dde3e8; border-radius: .3rem; padding: .5rem .75rem } nav ul { columns: 2; padding-left: 1.2rem }
@media print { details::details-content { content-visibility: visible; block-size: auto }
  h2 { break-after: avoid } figure, tr { break-inside: avoid } }
@media (max-width: 40rem) { nav ul { columns: 1 } }
""".strip()


def page(title: str, sections: Iterable[tuple[str, str]]) -> str:
    """The whole document. Each section is a heading (empty for the opening) and its HTML."""
    made = list(sections)
    listed = "".join(f'<li><a href="#{anchor(heading)}">{escape(heading)}</a></li>' for heading, _ in made if heading)
    body = "".join(_section(heading, html) for heading, html in made if heading)
    opening = "".join(html for heading, html in made if not heading)
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}</title><style>{STYLE}</style></head><body><header><h1>{escape(title)}</h1>{opening}"
        f'</header><nav aria-label="Contents"><ul>{listed}</ul></nav><main>{body}</main></body></html>\n'
    )


def anchor(heading: str) -> str:
    """The id of a heading."""
    return "".join(letter if letter.isalnum() else "-" for letter in heading.lower()).strip("-")


def _section(heading: str, html: str) -> str:
    name = anchor(heading)
    return f'<section aria-labelledby="{name}"><h2 id="{name}">{escape(heading)}</h2>{html}</section>'


def paragraph(text: str, *, kind: str = "") -> str:
    """A paragraph of plain text; `kind` is note or warning."""
    return f'<p class="{kind}">{escape(text)}</p>' if kind else f"<p>{escape(text)}</p>"


def bullets(lines: Iterable[str]) -> str:
    """A list of plain sentences."""
    return f"<ul>{''.join(f'<li>{escape(line)}</li>' for line in lines)}</ul>"


def table(columns: Sequence[str], rows: Iterable[Sequence[Cell]], *, caption: str) -> str:
    """A table that scrolls inside itself on a narrow screen. Numbers stand at the right, under their heading."""
    made = [tuple(row) for row in rows]
    numeric = [bool(column) and all(not isinstance(cell, str) for cell in column) for column in zip(*made, strict=True)]
    kinds = [' class="number"' if place < len(numeric) and numeric[place] else "" for place in range(len(columns))]
    head = "".join(f'<th scope="col"{kind}>{escape(name)}</th>' for name, kind in zip(columns, kinds, strict=True))
    body = "".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in made)
    return (
        f'<div class="scroll" role="region" tabindex="0" aria-label="{escape(caption)}"><table>'
        f"<caption>{escape(caption)}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _cell(value: Cell) -> str:
    if value is None:
        return "<td></td>"
    if isinstance(value, str):
        return f"<td>{linked(value)}</td>"
    shown = str(value) if isinstance(value, int) else f"{value:.3g}"
    return f'<td class="number">{shown}</td>'


def linked(text: str) -> str:
    """Escaped text; an address becomes a link."""
    if text.startswith(("https://", "http://")) and " " not in text:
        return f'<a href="{escape(text)}" rel="noreferrer">{escape(_short(text))}</a>'
    return escape(text)


def _short(address: str) -> str:
    shown = address.split("://", 1)[1]
    return shown if len(shown) <= 30 else f"{shown[:28]}…"


def picture(figure: Figure) -> str:
    """A figure inside the page, its words for those who cannot see it, and its table to open."""
    source = base64.b64encode(figure.svg().encode()).decode()
    rows = table(figure.columns, figure.rows, caption=f"{figure.title}: the numbers")
    shown = f'<img src="data:image/svg+xml;base64,{source}" alt="{escape(figure.words)}">'
    return (
        f'<figure><div class="scroll" role="region" tabindex="0" aria-label="{escape(figure.title)}">{shown}</div>'
        f"<figcaption>{escape(figure.title)}</figcaption></figure>{folded('The numbers of this figure', rows)}"
    )


def folded(summary: str, html: str) -> str:
    """Something to open."""
    return f"<details><summary>{escape(summary)}</summary>{html}</details>"
