"""`enthesis docs`: print the generated pages, or check that they are fresh."""

from pathlib import Path
from typing import Annotated

import typer

from enthesis.knowledge import Library


def write(
    check: Annotated[bool, typer.Option("--check", help="Only say whether they are fresh; exit 1 if not.")] = False,
    folder: Annotated[Path, typer.Option(help="Where they are kept.")] = Path("docs/generated"),
) -> int:
    """Generated documentation: rules with the examples that ran, questions, the pathway's diagram, the commands."""
    from enthesis.cli.pages import generated_pages

    stale = []
    for name, text in generated_pages(Library.shipped()).items():
        path = folder / name
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            stale.append(name)
            if not check:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, encoding="utf-8")
    for name in stale:
        print(f"{name}: {'is not what the library says now; run `enthesis docs`' if check else 'written'}")
    return 1 if check and stale else 0
