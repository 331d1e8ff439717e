"""`patches`, `patchesStrategicMerge` and `patchesJson6902`."""

import json

from ..words import WORDS
from ..yaml_writer import write_document
from .selection import selector


def part_of(tree, value, depth=0):
    """A random part of a value with some changes, as a strategic merge patch."""
    if isinstance(value, dict):
        result = {}
        for key, item in value.items():
            if tree.chance(0.45):
                result[key] = part_of(tree, item, depth + 1)
        if tree.chance(0.25):
            result[tree.choose(WORDS)] = tree.odd_value()
        if depth > 0 and tree.chance(0.01):
            result["$patch"] = tree.choose(["delete", "replace", "merge"])
        return result
    if isinstance(value, list):
        items = [part_of(tree, item, depth + 1) for item in value if tree.chance(0.6)]
        for item, whole in zip(items, value):
            # Most patches contain the merge keys of the elements they change.
            if isinstance(item, dict) and isinstance(whole, dict) and tree.chance(0.9):
                for key in ("name", "containerPort", "port", "mountPath", "protocol"):
                    if key in whole:
                        item[key] = whole[key]
        return items
    if tree.chance(0.1):
        return None
    if tree.chance(0.5):
        return value
    return tree.odd_value() if tree.chance(0.05) else tree.text()


def strategic_patch(tree, document):
    """A strategic merge patch of the document."""
    patch = {key: part_of(tree, value, 1) for key, value in document.items() if tree.chance(0.7)}
    metadata = part_of(tree, document["metadata"], 1)
    for key in ("name", "namespace"):
        metadata.pop(key, None)
        if key in document["metadata"]:
            metadata[key] = document["metadata"][key]
    return {
        **patch,
        "apiVersion": document["apiVersion"],
        "kind": document["kind"],
        "metadata": metadata,
    }


def json_pointer(tree, document):
    """A JSON pointer that mostly exists in the document."""
    parts, value = [], document
    while isinstance(value, (dict, list)) and value and (len(parts) < 1 or tree.chance(0.8)):
        if isinstance(value, dict):
            key = tree.choose(list(value))
            value = value[key]
        else:
            key = tree.rng.randrange(len(value))
            value = value[key]
        parts.append(str(key).replace("~", "~0").replace("/", "~1"))
    if parts[0] in ("apiVersion", "kind") or parts == ["metadata"] or parts[1:2] == ["name"]:
        return "/metadata/labels"
    if tree.chance(0.15):
        parts[-1] = tree.choose(["-", tree.choose(WORDS)])
    return "/" + "/".join(parts)


def json_patch(tree, document):
    """A JSON patch of the document."""
    operations = []
    for _ in range(tree.rng.randrange(1, 3)):
        operation = tree.choose(["add", "add", "replace", "replace", "remove", "copy", "move"])
        entry = {"op": operation, "path": json_pointer(tree, document)}
        if operation in ("copy", "move"):
            entry["from"] = json_pointer(tree, document)
        elif operation != "remove":
            entry["value"] = tree.odd_value()
        operations.append(entry)
    return operations


def patch_text(tree, value):
    """A patch as YAML or JSON."""
    if tree.chance(0.2):
        return json.dumps(value, indent=tree.choose([None, 2]))
    return write_document(tree.rng, value)


def patches(tree, layer):
    if not layer.resources:
        return None
    entries = []
    for _ in range(tree.rng.randrange(1, 3)):
        document = tree.choose(layer.resources)
        is_json = tree.chance(0.3)
        value = json_patch(tree, document) if is_json else strategic_patch(tree, document)
        entry = {}
        if tree.chance(0.5):
            entry["path"] = layer.add_file("patch", patch_text(tree, value).encode())
        else:
            entry["patch"] = patch_text(tree, value)
        if is_json or tree.chance(0.3):
            entry["target"] = selector(tree, document, regex=True)
        entries.append(entry)
    return entries


def patches_strategic_merge(tree, layer):
    if not layer.resources:
        return None
    entries = []
    for _ in range(tree.rng.randrange(1, 3)):
        text = patch_text(tree, strategic_patch(tree, tree.choose(layer.resources)))
        entries.append(layer.add_file("patch", text.encode()) if tree.chance(0.6) else text)
    return entries


def patches_json(tree, layer):
    if not layer.resources:
        return None
    document = tree.choose(layer.resources)
    text = patch_text(tree, json_patch(tree, document))
    entry = {"target": selector(tree, document, regex=False)}
    if tree.chance(0.5):
        entry["path"] = layer.add_file("patch", text.encode())
    else:
        entry["patch"] = text
    return [entry]
