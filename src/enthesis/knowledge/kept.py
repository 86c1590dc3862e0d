"""Texts of a library kept elsewhere than on disk: read through the same few words as a folder of files."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from functools import cached_property
from hashlib import sha256
from pathlib import PurePosixPath
from typing import Any

Kept = dict[str, Any]  # {"roots": [{path: text}], "chosen": [[kind, entry, of, value]]}: plain JSON


@dataclass(frozen=True)
class KeptPath:
    """A folder or a file among kept texts. `of` tells two sets of texts apart, so that caches do not mix them."""

    of: str
    at: PurePosixPath
    texts: dict[str, str] = field(compare=False, repr=False)

    @classmethod
    def root(cls, texts: dict[str, str]) -> "KeptPath":
        """The folder that holds all of these texts."""
        spelled = repr(sorted(texts.items())).encode()
        return cls(sha256(spelled).hexdigest(), PurePosixPath(), texts)

    def __truediv__(self, name: str) -> "KeptPath":
        return KeptPath(self.of, self.at / name, self.texts)

    @cached_property
    def stem(self) -> str:
        """The name without its ending."""
        return self.at.stem

    @cached_property
    def name(self) -> str:
        """The last part."""
        return self.at.name

    @cached_property
    def parent(self) -> "KeptPath":
        """The folder it lies in."""
        return KeptPath(self.of, self.at.parent, self.texts)

    def glob(self, pattern: str) -> Iterator["KeptPath"]:
        """The files below whose path has the form of a pattern, as deep as the pattern and no deeper."""
        for path in map(PurePosixPath, self.texts):
            if path.is_relative_to(self.at):
                parts, wanted = path.relative_to(self.at).parts, pattern.split("/")
                if len(parts) == len(wanted) and all(map(fnmatchcase, parts, wanted)):
                    yield KeptPath(self.of, path, self.texts)

    def exists(self) -> bool:
        """Is there a text of this path?"""
        return str(self.at) in self.texts

    def read_text(self, *, encoding: str = "utf-8") -> str:
        """The text."""
        return self.texts[str(self.at)]
