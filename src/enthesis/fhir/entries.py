"""The resources of a bundle, each under every name by which others refer to it."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from enthesis.fhir.chart import NotUnderstood
from enthesis.fhir.node import Node, shown
from enthesis.knowledge import BadInput

MOST_ENTRIES = 100_000
LONGEST_URL = 300  # a key of a patient may be one, and the registry keeps no longer ones
ID = re.compile(r"[A-Za-z0-9._:-]{1,128}")  # what FHIR allows and a little more, as some systems need
PLAIN = re.compile(rf"[!-~]{{0,{LONGEST_URL}}}")  # an address without a space in it, or none
TYPE = re.compile(r"[A-Za-z]{1,40}")
NO_CONTENT = ("meta", "text")  # when it was stored, and the same said in words: two copies may differ in these


class Entry(NamedTuple):
    """One resource: its type, its fields, the fullUrl it came with, and the names it answers to.

    The names are the fullUrl and "Type/id", as far as the resource has them; one inside another answers to none here.
    """

    kind: str
    node: Node
    url: str = ""
    names: tuple[str, ...] = ()


@dataclass(frozen=True)
class Entries:
    """All resources of a bundle, each once, and the entries that hold none."""

    every: tuple[Entry, ...]
    by_name: dict[str, Entry]
    empty: tuple[NotUnderstood, ...] = ()

    def find(self, reference: str, holder: Node) -> Entry | None:
        """The resource a reference in `holder` means: contained, by fullUrl or relative; None when it is not here."""
        if reference.startswith("#"):
            return _contained(reference[1:], holder)
        name = re.sub(r"/_history/[^/]*$", "", reference) if "/_history/" in reference else reference
        if name in self.by_name or not name.startswith("http"):
            return self.by_name.get(name)
        found = self.by_name.get("/".join(name.split("/")[-2:]))
        # A resource that says on which server it lives is not meant by a reference to another server.
        return None if found and found.url.startswith("http") else found


def entries_of(bundle: Node) -> Entries:
    """The resources of a bundle. Raises BadInput when one id stands for two different contents."""
    every: list[Entry] = []
    by_name: dict[str, Entry] = {}
    empty: list[NotUnderstood] = []
    for number, written in bundle.members("entry", most=MOST_ENTRIES):
        entry = _plain(written) or _entry(place := bundle.member("entry", number, written))
        if entry is None:
            empty.append(NotUnderstood(f"Bundle: {place.path}", _without_resource(place)))
            continue
        known = next(filter(None, map(by_name.get, entry.names)), None)
        if known is None:
            every.append(entry)
        elif _content(known) != _content(entry):
            raise BadInput(f"{known.node.resource}: is in the bundle twice, and the two contradict each other")
        for name in entry.names:
            by_name[name] = known or entry
    return Entries(tuple(every), by_name, tuple(empty))


def contained(entry: Entry) -> tuple[Entry, ...]:
    """The resources held inside another one."""
    return tuple(
        Entry(_kind(inner), Node(f"{entry.node.resource}#{_id(inner)}", inner.fields))
        for inner in entry.node.children("contained")
    )


def _contained(id: str, holder: Node) -> Entry | None:
    inner = contained(Entry("", holder))
    return next((one for one in inner if one.node.text("id") == id), None)


def _plain(place: object) -> Entry | None:
    """An entry as nearly all are: a type, an id, a plain address. None for any other, which is read with care."""
    resource = place.get("resource") if type(place) is dict else None
    if type(place) is not dict or type(resource) is not dict:
        return None
    kind, id, url = resource.get("resourceType"), resource.get("id"), place.get("fullUrl", "")
    if not (
        type(kind) is type(id) is type(url) is str and _is_type(kind) and ID.fullmatch(id) and PLAIN.fullmatch(url)
    ):
        return None
    label = f"{kind}/{id}"
    return Entry(kind, Node(label, resource), url, (url, label) if url else (label,))


def _entry(place: Node) -> Entry | None:
    """An entry of any shape; None when it holds no resource. Raises BadInput for what is wrong with it."""
    if not place.has("resource"):
        return None
    resource, url = place.child("resource"), place.text("fullUrl", most=LONGEST_URL)
    kind = _kind(resource)
    id = _id(resource)
    own = id or re.split("[/:]", url)[-1]
    label = f"{kind}/{own}" if id or ID.fullmatch(own) else f"{kind} at {place.path}"
    return Entry(kind, Node(label, resource.fields), url, _names(url, kind, id))


def _names(url: str, kind: str, id: str) -> tuple[str, ...]:
    own = (f"{kind}/{id}",) if id else ()
    return (url, *own) if url else own


def _kind(resource: Node) -> str:
    kind = resource.text("resourceType")
    if not _is_type(kind):
        problem = f"is {shown(kind)}" if kind else "is missing"
        raise resource.wrong("resourceType", f"{problem}; the type of a FHIR resource was expected")
    return kind


@lru_cache(maxsize=1024)
def _is_type(kind: str) -> bool:
    return TYPE.fullmatch(kind) is not None


def _id(resource: Node) -> str:
    id = resource.text("id")
    if id and not ID.fullmatch(id):
        raise resource.wrong("id", f"is {shown(id)}; letters, digits, dots and dashes were expected, 128 at most")
    return id


def _content(entry: Entry) -> dict[str, object]:
    return {key: value for key, value in entry.node.fields.items() if key not in NO_CONTENT}


def _without_resource(place: Node) -> str:
    request = place.child("request")
    if request.text("method") == "DELETE":
        return f"asks to delete {shown(request.text('url'))}; an import deletes nothing"
    return "holds no resource"
