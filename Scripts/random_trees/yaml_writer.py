"""Writes YAML in random styles: flow and block, plain and quoted, with comments and anchors."""

import dataclasses
import re

SAFE_PLAIN = re.compile(r"[A-Za-z_/$][A-Za-z0-9_./$()=-]*(?: [A-Za-z0-9_./$()=-]+)*\Z")
RESERVED = {"true", "false", "yes", "no", "on", "off", "y", "n", "null", "nan", "inf"}


class Bare(str):
    """A scalar in YAML syntax, written without quoting or escaping."""


@dataclasses.dataclass
class Style:
    """How a file is written.

    `flow`, `quote`, `comment`, `anchor` and `fold` are chances from 0 to 1; the
    others hold for the whole file.
    """

    flow: float
    quote: float
    comment: float
    anchor: float
    fold: float
    indent: int
    indent_lists: bool

    @staticmethod
    def random(rng, anchors=True):
        if rng.random() < 0.4:
            return Style(0.02, 0.05, 0.0, 0.0, 0.05, 2, rng.random() < 0.5)
        return Style(
            flow=rng.choice([0.0, 0.1, 0.3]),
            quote=rng.choice([0.0, 0.2, 0.7]),
            comment=rng.choice([0.0, 0.0, 0.1]),
            # The choice is always made, so that `anchors` does not shift later choices.
            anchor=rng.choice([0.0, 0.0, 0.1]) * anchors,
            fold=rng.choice([0.0, 0.3]),
            indent=rng.choice([2, 2, 2, 3, 4]),
            indent_lists=rng.random() < 0.5,
        )


class YamlWriter:
    """Writes one document of maps, lists, text, numbers, booleans, None and `Bare`.

    Anchors and aliases live within a document, so each document needs its own writer.
    """

    def __init__(self, rng, style):
        self.rng = rng
        self.style = style
        self.anchors = []  # (repr of the value, value, name of its anchor)

    def chance(self, probability):
        return self.rng.random() < probability

    def document(self, value):
        if isinstance(value, dict) and not value:
            return "{}\n"
        if isinstance(value, list):
            return "\n".join(self.list_lines(value, 0)) + "\n"
        return "\n".join(self.map_lines(value, 0, merge=False)) + "\n"

    def value(self, value, indent):
        """Returns (text on the line of the key or dash, lines below it)."""
        alias = self.find_alias(value)
        if alias:
            return f"*{alias}", []
        anchor = self.make_anchor(value)
        head, below = self.plain_value(value, indent)
        if anchor:
            self.anchors.append((repr(value), value, anchor))
            head = f"&{anchor} {head}".rstrip()
        return head, below

    def plain_value(self, value, indent):
        if isinstance(value, (dict, list)) and (not value or self.chance(self.style.flow)):
            return self.flow(value), []
        if isinstance(value, dict):
            return "", self.map_lines(value, indent)
        if isinstance(value, list):
            return "", self.list_lines(value, indent)
        return self.scalar(value, indent)

    def find_alias(self, value):
        """The anchor of an equal value that was written before, at times, or None."""
        if value in ("", None) or not self.anchors:
            return None
        for known, _, name in self.anchors:
            if known == repr(value) and self.chance(0.8):
                return name
        return None

    def make_anchor(self, value):
        """The name of a new anchor for the value, at times, or None."""
        if value in ("", None, [], {}) or isinstance(value, (bool, Bare)):
            return None
        return f"a{len(self.anchors)}" if self.chance(self.style.anchor) else None

    def comment(self, indent):
        if self.chance(self.style.comment):
            words = self.rng.choice(["a comment", "- not: an item", "---", "'quote", "", "{"])
            yield " " * indent + f"# {words}".rstrip()
            if self.chance(0.2):
                yield ""

    def side_comment(self):
        return " # beside" if self.chance(self.style.comment) else ""

    def map_lines(self, items, indent, merge=True):
        lines = []
        if merge:
            items, lines = self.merge_key(items, indent)
        for key, value in items.items():
            lines += self.comment(indent)
            step = self.style.indent
            if isinstance(value, list) and not self.style.indent_lists:
                step = 0
            head, below = self.value(value, indent + step)
            written = self.key(key)
            lead = " " * indent + written + ":"
            if not below and head and head[0] not in "|>":
                head += self.side_comment()
            lines.append(f"{lead} {head}".rstrip(" "))
            lines += below
        return lines

    def merge_key(self, items, indent):
        """Replaces the items that an anchored map provides with a merge key, at times.

        Returns (the remaining items, the lines of the merge key).
        """
        for _, known, name in self.anchors:
            if (
                isinstance(known, dict)
                and known.keys() < items.keys()
                and any(repr(known[key]) == repr(items[key]) for key in known)
                and self.chance(0.5)
            ):
                rest = {
                    key: value
                    for key, value in items.items()
                    if key not in known or repr(known[key]) != repr(value)
                }
                return rest, [" " * indent + f"<<: *{name}"]
        return items, []

    def list_lines(self, items, indent):
        lines = []
        for value in items:
            lines += self.comment(indent)
            head, below = self.value(value, indent + 2)
            dash = " " * indent + "-"
            if not head and below and not below[0].lstrip().startswith("#"):
                # The first line of a map or list follows the dash on its line.
                lines.append(dash + " " + below[0][indent + 2 :])
                lines += below[1:]
            else:
                lines.append(f"{dash} {head}".rstrip(" "))
                lines += below
        return lines

    def key(self, key):
        plain = SAFE_PLAIN.match(key) and key.lower() not in RESERVED
        if not plain or self.chance(self.style.quote / 5):
            return self.quoted(key)
        return key

    def flow(self, value):
        if isinstance(value, dict):
            pairs = [f"{self.key(key)}: {self.flow(item)}" for key, item in value.items()]
            return "{" + ", ".join(pairs) + "}"
        if isinstance(value, list):
            return "[" + ", ".join(self.flow(item) for item in value) + "]"
        if isinstance(value, str) and not isinstance(value, Bare):
            return value if self.can_be_plain(value) else self.quoted(value)
        text = self.scalar(value, 0)[0]
        return text if text != "" else "null"

    def can_be_plain(self, text):
        return (
            SAFE_PLAIN.match(text)
            and text.lower() not in RESERVED
            and not self.chance(self.style.quote)
        )

    def scalar(self, value, indent):
        if isinstance(value, Bare):
            return str(value), []
        if value is None:
            return self.rng.choice(["null", "~", ""]), []
        if value is True or value is False:
            return str(value).lower(), []
        if not isinstance(value, str):
            return str(value), []
        if "\n" in value and self.chance(0.7):
            block = self.literal(value, indent)
            if block:
                return block
        if self.can_be_plain(value):
            if " " in value and self.chance(self.style.fold):
                return self.folded(value, indent)
            return value, []
        return self.quoted(value), []

    def literal(self, text, indent):
        """The text as a literal block, or None where a block cannot hold it."""
        body = text.rstrip("\n")
        printable = all(c in "\n\t" or c.isprintable() for c in text)
        if not body or not printable or body[0] in " \t\n" or "\r" in text:
            return None
        ends = len(text) - len(body)
        mark = "|-" if ends == 0 else "|" if ends == 1 else "|+"
        pad = " " * max(indent, 1)
        lines = [pad + line if line else "" for line in body.split("\n")] + [""] * (ends - 1)
        return mark, lines

    def folded(self, text, indent):
        """The text broken in two lines, as a folded block or a plain scalar."""
        words = text.split(" ")
        cut = self.rng.randrange(1, len(words))
        first, second = " ".join(words[:cut]), " ".join(words[cut:])
        pad = " " * max(indent, 1)
        if self.chance(0.5):
            return ">-", [pad + first, pad + second]
        return first, [pad + second]

    def quoted(self, text):
        if all(c.isprintable() for c in text) and self.chance(0.5):
            return "'" + text.replace("'", "''") + "'"
        escapes = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r", "\0": "\\0"}
        out = []
        for c in text:
            if c in escapes:
                out.append(escapes[c])
            elif c.isprintable() and not (ord(c) > 127 and self.chance(0.2)):
                out.append(c)
            elif ord(c) < 256:
                out.append(f"\\x{ord(c):02x}")
            elif ord(c) < 65536:
                out.append(f"\\u{ord(c):04x}")
            else:
                out.append(f"\\U{ord(c):08x}")
        return '"' + "".join(out) + '"'


def write_document(rng, value, anchors=False):
    """The text of one document in a random style, for patches and embedded documents."""
    return YamlWriter(rng, Style.random(rng, anchors)).document(value)


def write_documents(rng, documents):
    """The bytes of a file with these documents, in one random style."""
    style = Style.random(rng)
    parts = [YamlWriter(rng, style).document(document) for document in documents]
    separators = ["---\n"] * 8 + ["--- # another\n", "---\n# a comment\n", "---\n---\n"]
    text = rng.choice(["", "", "", "---\n", "# top\n"])
    for position, part in enumerate(parts):
        text += (rng.choice(separators) if position else "") + part
    text += rng.choice(["", "", "", "---\n", "...\n", "# end\n"])
    if rng.random() < 0.05:
        text = text.rstrip("\n")
    data = text.encode("utf-8")
    if rng.random() < 0.04:
        data = data.replace(b"\n", b"\r\n")
    if rng.random() < 0.02:
        data = b"\xef\xbb\xbf" + data
    return data
