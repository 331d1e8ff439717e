"""Fields whose values do not depend on other files."""

from ..words import IMAGE_NAMES, NAMESPACES, WORDS


def name_prefix(tree, layer):
    return tree.choose(WORDS) + "-" if tree.chance(0.95) else tree.choose(["1", "", "x"])


def name_suffix(tree, layer):
    return "-" + tree.choose(WORDS) if tree.chance(0.95) else tree.choose(["1", "", "0"])


def namespace(tree, layer):
    return tree.choose(NAMESPACES) if tree.chance(0.95) else tree.choose(["1", "true", ""])


def common_labels(tree, layer):
    return tree.label_map()


def labels(tree, layer):
    result = []
    for _ in range(tree.rng.randrange(1, 3)):
        entry = {"pairs": tree.label_map()}
        switch = tree.choose(["includeSelectors", "includeTemplates", None, None])
        # Versions of kustomize differ on `includeTemplates` for claim templates.
        if switch and not (switch == "includeTemplates" and tree.has_claim_templates):
            entry[switch] = tree.chance(0.9)
        if tree.chance(0.2):
            entry["fields"] = [
                {
                    "path": tree.choose(["spec/podLabels", "spec/selector", "spec/extra/labels"]),
                    "kind": tree.choose(["Cart", "Service"]),
                    "create": tree.chance(0.5),
                }
            ]
        result.append(entry)
    return result


def build_metadata(tree, layer):
    options = ["originAnnotations", "transformerAnnotations", "managedByLabel", "other"]
    return tree.rng.sample(options, tree.rng.randrange(0, 4))


def common_annotations(tree, layer):
    return tree.text_map()


def images(tree, layer):
    result = []
    for _ in range(tree.rng.randrange(1, 4)):
        entry = {"name": tree.choose(IMAGE_NAMES)}
        if tree.chance(0.5):
            entry["newName"] = tree.choose(["app", "mirror.example.com/app", "localhost:5000/x"])
        if tree.chance(0.6):
            entry["newTag"] = tree.choose(["v2", "1.27", "latest", "2026-08-01", "1", "1e3"])
        if tree.chance(0.15):
            entry["digest"] = "sha256:" + "0123456789abcdef" * 4
        if tree.chance(0.05):
            entry["tagSuffix"] = "-debug"
        result.append(entry)
    return result


def replicas(tree, layer):
    scalable = ["Deployment", "StatefulSet", "ReplicaSet", "ReplicationController"]
    # Only the layer's own resources are certain to keep these names.
    own = [each["metadata"]["name"] for each in layer.resources if each["kind"] in scalable]
    if not own:
        return None
    return [{"name": tree.choose(own), "count": tree.choose([0, 1, 5, 100])}]


def sort_options(tree, layer):
    if tree.chance(0.4):
        return {"order": "fifo"}
    if tree.chance(0.5):
        return {"order": "legacy"}
    first = ["Pod", "Service", "Cart"]
    return {
        "order": "legacy",
        "legacySortOptions": {"orderFirst": first, "orderLast": ["Namespace", "ConfigMap"]},
    }


def openapi(tree, layer):
    return {"version": "v1.21.2"}
