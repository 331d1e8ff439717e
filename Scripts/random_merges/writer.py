"""Writes objects as YAML."""

from .value_types import Plain


class Writer:
    """Writes one object, in flow or block style and with more or fewer quotes."""

    def __init__(self, rng):
        self.rng = rng
        self.flow_share = rng.choice([0, 0, 0.1, 0.4])
        self.quote_share = rng.choice([0, 0.1, 0.6])

    def document(self, value):
        return "\n".join(self.lines(value, 0)) + "\n"

    def lines(self, value, indent):
        pad = " " * indent
        result = []
        if isinstance(value, dict):
            for key, item in value.items():
                result += self.entry(f"{pad}{self.key(key)}:", item, indent)
        else:
            for item in value:
                result += self.entry(f"{pad}-", item, indent)
        return result

    def entry(self, lead, item, indent):
        if isinstance(item, (dict, list)):
            if not item or self.rng.random() < self.flow_share:
                return [f"{lead} {self.flow(item)}"]
            return [lead] + self.lines(item, indent + 2)
        if isinstance(item, str) and "\n" in item and not isinstance(item, Plain):
            mark = "|" if item.endswith("\n") else "|-"
            return [f"{lead} {mark}"] + [
                " " * (indent + 2) + line for line in item.rstrip("\n").split("\n")
            ]
        return [f"{lead} {self.scalar(item)}".rstrip()]

    def flow(self, value):
        if isinstance(value, dict):
            return (
                "{"
                + ", ".join(f"{self.key(key)}: {self.flow(item)}" for key, item in value.items())
                + "}"
            )
        if isinstance(value, list):
            return "[" + ", ".join(self.flow(item) for item in value) + "]"
        if value is None:
            return "null"
        if isinstance(value, Plain) or not isinstance(value, str):
            return self.scalar(value)
        return '"' + value.replace("\n", "\\n") + '"'

    def key(self, key):
        return f'"{key}"' if self.rng.random() < self.quote_share / 8 else key

    def scalar(self, value):
        if value is None:
            return self.rng.choice(["null", "~", "", ""])
        if value is True or value is False:
            return str(value).lower()
        if isinstance(value, Plain) or not isinstance(value, str):
            return str(value)
        if value == "" or value[0] in " #[{-" or ": " in value:
            return "'" + value + "'"
        style = self.rng.random()
        if style < self.quote_share:
            return self.rng.choice(["'%s'", '"%s"']) % value
        return value
