"""Paths into documents and selectors of documents, for patches, replacements and variables."""

from .embedded_text import EmbeddedText


def escaped(key):
    return key.replace(".", "\\.")


def path_parts(tree, value, depth=0):
    """The parts of a random path into a value; it may end at a map or list."""
    if isinstance(value, dict) and value and (depth < 1 or tree.chance(0.85)):
        key = tree.choose(list(value))
        part = f"[{key}]" if "." in key and tree.chance(0.3) else escaped(key)
        return [part] + path_parts(tree, value[key], depth + 1)
    if isinstance(value, list) and value and tree.chance(0.85):
        index = tree.rng.randrange(len(value))
        item = value[index]
        part = str(index)
        if isinstance(item, dict) and tree.chance(0.6):
            key = tree.choose(list(item) or ["name"])
            part = f"[{key}={item.get(key)}]"
        elif isinstance(item, str) and tree.chance(0.4):
            part = f"[={item}]"
        elif tree.chance(0.2):
            part = tree.choose(["*", "-", str(len(value))])
        return [part] + path_parts(tree, item, depth + 1)
    if isinstance(value, EmbeddedText) and tree.chance(0.8):
        return path_parts(tree, value.value, depth)
    return []


def field_path(tree, document, mistakes=0.03):
    """A random `fieldPath`; `mistakes` is the chance of a part that does not exist."""
    parts = path_parts(tree, document)
    # A changed apiVersion, kind or name makes most later steps fail, so it is rare.
    while (
        parts[0] in ("apiVersion", "kind")
        or parts[:2] == ["metadata", "name"]
        or (parts[0] == "metadata" and len(parts) < 3)
    ):
        if mistakes < 0.02 and parts[0] != "metadata" or tree.chance(0.02):
            break
        document = {**document, "metadata": {"labels": {"app": "x"}}}
        parts = path_parts(tree, document)
    if tree.chance(mistakes):
        parts[-1] = tree.choose([tree.key() or "x", "*", "-", "0", "[name=x]", "[x]", "9"])
    if tree.chance(mistakes):
        parts.append(tree.choose([tree.key() or "x", "*", "-", "0", "[name=x]", "", "a.b"]))
    return ".".join(parts)


def selector(tree, document, regex):
    """A selector that matches the document; regular expressions may match others, too."""
    metadata = document["metadata"]
    group, _, version = document["apiVersion"].rpartition("/")
    result = {"kind": document["kind"], "name": metadata["name"]}
    if regex and tree.chance(0.15):
        result["name"] = tree.choose([".*", "w.*", metadata["name"][:1] + ".*", "web|db"])
    if tree.chance(0.03):
        del result["kind"]
    if regex and tree.chance(0.1):
        del result["name"]
    if tree.chance(0.2) and group:
        result["group"] = group
    if tree.chance(0.2):
        result["version"] = version
    if tree.chance(0.1) and metadata.get("namespace"):
        result["namespace"] = metadata["namespace"]
    if regex and tree.chance(0.1):
        labels_of = metadata.get("labels") or tree.label_map()
        key, value = tree.choose(list(labels_of.items()))
        result["labelSelector"] = tree.choose([key, f"{key}={value}", f"!{key}"])
    return result
