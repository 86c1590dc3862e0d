"""A figure: a picture, the words for those who cannot see it, and the table it was drawn from."""

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from typing import Any

Cell = str | float | int | None
Spec = dict[str, Any]


@dataclass(frozen=True, eq=False)
class Figure:
    """One picture. `draw` makes its Vega-Lite specification when a picture is wanted; the table needs no drawing."""

    id: str
    title: str
    words: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    draw: Callable[[], Any]

    @property
    def chart(self) -> Any:
        """The Altair chart, for a notebook or another format."""
        return self.draw()

    @property
    def spec(self) -> Spec:
        """The Vega-Lite specification. Not checked again each time it is drawn: a test draws and checks each figure."""
        made: Spec = self.draw().to_dict(validate=False)
        return made

    def svg(self) -> str:
        """One SVG element, titled and described; its ids start with this figure's."""
        import vl_convert  # loaded only when a picture is wanted, as Altair is

        drawn: str = vl_convert.vegalite_to_svg(self.spec)
        title, desc = f"{escape(self.id)}-title", f"{escape(self.id)}-desc"
        named = drawn.replace("<svg ", f'<svg role="img" aria-labelledby="{title} {desc}" ', 1)
        words = f'<title id="{title}">{escape(self.title)}</title><desc id="{desc}">{escape(self.words)}</desc>'
        return named.replace(">", f">{words}", 1)

    def png(self, *, scale: float = 2.0) -> bytes:
        """The same as a PNG, at twice the pixels by default."""
        import vl_convert

        made: bytes = vl_convert.vegalite_to_png(self.spec, scale=scale)
        return made

    def csv(self) -> str:
        """The table, numbers at full precision."""
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(self.columns)
        writer.writerows(["" if cell is None else cell for cell in row] for row in self.rows)
        return out.getvalue()
