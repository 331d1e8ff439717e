"""The field `vars`."""

from .selection import field_path


def variables(tree, layer):
    if not layer.resources or tree.shared:
        return None
    result = []
    for _ in range(tree.rng.randrange(1, 3)):
        document = tree.choose(layer.resources)
        reference = {"kind": document["kind"], "name": document["metadata"]["name"]}
        if tree.chance(0.8):
            reference["apiVersion"] = document["apiVersion"]
        if document["metadata"].get("namespace"):
            reference["namespace"] = document["metadata"]["namespace"]
        entry = {"name": f"VAR{tree.variables}", "objref": reference}
        tree.variables += 1
        if tree.chance(0.7):
            path = field_path(tree, document, mistakes=0.1) if tree.chance(0.4) else "metadata.name"
            entry["fieldref"] = {"fieldpath": path}
        result.append(entry)
    return result
