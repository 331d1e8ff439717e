"""YAML and JSON embedded in the text of a config map."""

import json

from ..kinds import resource
from ..words import WORDS
from ..yaml_writer import write_document, write_documents


class EmbeddedText(str):
    """YAML or JSON as text; `value` is the parsed value."""

    @staticmethod
    def random(tree):
        value = {tree.choose(WORDS): tree.odd_value() for _ in range(tree.rng.randrange(1, 4))}
        if tree.chance(0.4):
            text = json.dumps(value, ensure_ascii=False, indent=tree.choose([None, 2, 4]))
        else:
            text = write_document(tree.rng, value)
            text = text.rstrip("\n") if tree.chance(0.5) else text
        result = EmbeddedText(text)
        result.value = value
        return result


def add_embedded_text(tree, layer):
    """Adds a config map with embedded YAML or JSON to the layer, and returns it."""
    document = resource(tree, "v1", "ConfigMap")
    document["data"] = {"config.yaml": EmbeddedText.random(tree), "plain": tree.text()}
    path = layer.add_file("embedded", write_documents(tree.rng, [document]))
    layer.kustomization.setdefault("resources", []).append(path)
    layer.resources.append(document)
    return document
