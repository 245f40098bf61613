"""The parts of a package, changed one by one; what is not changed goes out as it came in."""

from __future__ import annotations

import io
import zipfile
from posixpath import dirname, join, normpath, relpath
from typing import Any

from lxml import etree

from etl.package import open_package

Element = Any
PARSER = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
RELATIONS = f"{PACKAGE}/relationships"
TYPES = f"{PACKAGE}/content-types"


class Parts:
    """A workbook's parts by name."""

    def __init__(self, data: bytes, file_name: str) -> None:
        self._package = open_package(data, file_name)
        self._names = {info.filename.lower(): info.filename for info in self._package.entries.values()}
        self._trees: dict[str, Element] = {}
        self._raw: dict[str, bytes] = {}
        self._gone: set[str] = set()

    def __contains__(self, name: str) -> bool:
        there = name.lower() in self._names and name.lower() not in self._gone
        return there or name in self._raw or name in self._trees

    def tree(self, name: str) -> Element:
        """A part as a tree; what is changed in it goes out."""
        name = self._names.get(name.lower(), name)
        if name not in self._trees:
            self._trees[name] = etree.fromstring(self.raw(name), PARSER)
            self._raw.pop(name, None)
        return self._trees[name]

    def raw(self, name: str) -> bytes:
        """A part as it is now."""
        name = self._names.get(name.lower(), name)
        if name in self._trees:
            return serialised(self._trees[name])
        return self._raw[name] if name in self._raw else self._package.part(name)

    def put(self, name: str, content: bytes) -> None:
        """A part of ours, or one changed as text."""
        name = self._names.get(name.lower(), name)
        self._trees.pop(name, None)
        self._raw[name] = content

    def drop(self, name: str) -> None:
        """Leave a part out."""
        self._gone.add(name.lower())
        self._raw.pop(name, None)
        self._trees.pop(name, None)

    def relations(self, name: str) -> Element:
        """What a part refers to; made where it refers to nothing yet."""
        path = relations_path(name)
        if path not in self:
            self._raw[path] = f'<Relationships xmlns="{RELATIONS}"/>'.encode()
        return self.tree(path)

    def related(self, name: str, kind: str) -> str:
        """The part that a part refers to as `kind`, "" where there is none."""
        for each in self.relations(name) if relations_path(name) in self else ():
            if each.get("Type", "").rpartition("/")[2] == kind and each.get("TargetMode") != "External":
                return resolved(name, each.get("Target", ""))
        return ""

    def relate(self, name: str, kind: str, target: str, base: str) -> str:
        """Let a part refer to another; gives the identity of the relation."""
        relations = self.relations(name)
        taken = {each.get("Id") for each in relations}
        identity = next(one for one in (f"rIdNQ{number}" for number in range(1, 10_000)) if one not in taken)
        etree.SubElement(
            relations, f"{{{RELATIONS}}}Relationship", Id=identity, Type=f"{base}/{kind}",
            Target=relpath(target, dirname(name) or "."),
        )  # fmt: skip
        return identity

    def declare(self, name: str, content_type: str) -> None:
        """Say of what kind a part is."""
        types = self.tree("[Content_Types].xml")
        if not any(each.get("PartName") == f"/{name}" for each in types):
            etree.SubElement(types, f"{{{TYPES}}}Override", PartName=f"/{name}", ContentType=content_type)

    def declare_extension(self, extension: str, content_type: str) -> None:
        """Say of what kind parts with an extension are."""
        types = self.tree("[Content_Types].xml")
        if not any(each.get("Extension", "").lower() == extension for each in types):
            types.insert(0, etree.Element(f"{{{TYPES}}}Default", Extension=extension, ContentType=content_type))

    def undeclare(self, name: str) -> None:
        """Take back what was said of a part."""
        types = self.tree("[Content_Types].xml")
        for each in [each for each in types if each.get("PartName") == f"/{name}"]:
            types.remove(each)

    def free(self, pattern: str) -> str:
        """A name that is not taken yet: "xl/comments{}.xml"."""
        return next(
            one for one in (pattern.format(number) for number in range(1, 10_000))
            if one not in self and one.lower() not in self._gone
        )  # fmt: skip

    def packed(self) -> bytes:
        """The package with what was changed."""
        changed = {name: serialised(tree) for name, tree in self._trees.items()} | self._raw
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for lower, name in self._names.items():
                if lower not in self._gone:
                    known = changed.pop(name, None)
                    archive.writestr(name, self._package.inflated(name) if known is None else known)
            for name, content in changed.items():
                if name.lower() not in self._gone:
                    archive.writestr(name, content)
        return out.getvalue()


def serialised(tree: Element) -> bytes:
    """A tree as a part."""
    return bytes(etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True))


def relations_path(name: str) -> str:
    """Where it is written what a part refers to."""
    folder, _, last = name.rpartition("/")
    return join(folder, "_rels", f"{last}.rels")


def resolved(name: str, target: str) -> str:
    """The part a relation's target names."""
    return normpath(join("/", dirname(name), target.replace("\\", "/"))).lstrip("/")
