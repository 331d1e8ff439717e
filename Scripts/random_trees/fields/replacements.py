"""The field `replacements`."""

import json

from .embedded_text import add_embedded_text
from .selection import field_path, selector


def replacement_options(tree, chance):
    options = {}
    if tree.chance(chance):
        options["delimiter"] = tree.choose(["-", "/", ":", ".", " ", "a", "="])
        if tree.chance(0.5):
            options["index"] = tree.choose([0, 0, 0, 1, 2, 5, -1])
    if tree.chance(0.8):
        options["create"] = tree.chance(0.95)
    return options


def random_replacement(tree, layer):
    documents = layer.resources
    source = tree.choose(documents)
    result = {}
    if tree.chance(0.1):
        result["sourceValue"] = tree.text()
    else:
        result["source"] = selector(tree, source, regex=False)
        if tree.chance(0.8):
            result["source"]["fieldPath"] = field_path(tree, source, mistakes=0.01)
        options = replacement_options(tree, 0.1)
        if options:
            result["source"]["options"] = options
    result["targets"] = []
    for _ in range(tree.rng.randrange(1, 3)):
        document = tree.choose(documents)
        target = {"select": selector(tree, document, regex=True)}
        paths = range(tree.rng.randrange(0, 3))
        target["fieldPaths"] = [field_path(tree, document) for _ in paths]
        if not target["fieldPaths"] and tree.chance(0.9):
            target["fieldPaths"] = [field_path(tree, document)]
        if tree.chance(0.2):
            target["reject"] = [selector(tree, tree.choose(documents), regex=True)]
        # Versions of kustomize differ on delimiters in embedded YAML.
        options = replacement_options(tree, 0.0 if "data" in document else 0.15)
        if options:
            target["options"] = options
        result["targets"].append(target)
    return result


def replacements(tree, layer):
    if tree.chance(0.4):
        add_embedded_text(tree, layer)
    if not layer.resources:
        return None
    result = []
    for _ in range(tree.rng.randrange(1, 3)):
        replacement = random_replacement(tree, layer)
        if tree.chance(0.15):
            content = [replacement] if tree.chance(0.5) else replacement
            data = json.dumps(content, ensure_ascii=False).encode("utf-8")
            replacement = {"path": layer.add_file("replacement", data)}
        result.append(replacement)
    return result
