"""`configurations` and `crds`, which change where other fields apply."""

import json

from ..words import WORDS
from ..yaml_writer import write_document

# The sections of a transformer configuration, with paths for their field specs.
CONFIGURATION = {
    "namePrefix": ["metadata/name", "spec/web", "metadata/labels/app"],
    "nameSuffix": ["metadata/name", "spec/api", "metadata/labels/app"],
    "namespace": ["metadata/namespace", "spec/namespace", "spec/web"],
    "commonLabels": ["spec/labels", "metadata/labels", "spec/template/metadata/labels"],
    "labels": ["spec/labels", "spec/template/metadata/labels"],
    "templateLabels": ["spec/template/metadata/labels", "spec/labels"],
    "commonAnnotations": ["spec/notes", "spec/template/metadata/annotations"],
    "varReference": [
        "spec/web",
        "spec/api",
        "data",
        "metadata/labels",
        "spec/template/spec/nodeName",
    ],
    "images": ["spec/image", "spec/web", "spec/containers[]/image"],
    "replicas": ["spec/replicas", "spec/web", "spec/count"],
}


def configured_field(tree, paths):
    """A field spec."""
    result = {"path": tree.choose(paths)}
    if tree.chance(0.6):
        result["kind"] = tree.choose(["Cart", "Deployment", "ConfigMap", "Service", "Pod"])
    if tree.chance(0.1):
        result["group"] = tree.choose(["apps", "example.com"])
    if tree.chance(0.1):
        result["version"] = tree.choose(["v1", "v1beta1"])
    # The default field specs of metadata have `create: true`; any other value conflicts.
    if tree.chance(0.9 if "metadata" in result["path"] else 0.4):
        result["create"] = tree.chance(0.95)
    return result


def configurations(tree, layer):
    sections = {}
    for name in tree.rng.sample(sorted(CONFIGURATION), tree.rng.randrange(1, 4)):
        count = tree.rng.randrange(1, 3)
        sections[name] = [configured_field(tree, CONFIGURATION[name]) for _ in range(count)]
    if tree.chance(0.5):
        paths = ["spec/web", "spec/api", "spec/db", "spec/template/spec/nodeName"]
        sections["nameReference"] = [
            {
                "kind": tree.choose(["ConfigMap", "Secret", "Service", "Cart"]),
                "fieldSpecs": [configured_field(tree, paths)],
            }
        ]
    text = write_document(tree.rng, sections, anchors=True)
    return [layer.add_file("configuration", text.encode())]


def custom_definitions(tree, layer):
    reference = {
        "x-kubernetes-object-ref-api-version": "v1",
        "x-kubernetes-object-ref-kind": tree.choose(["ConfigMap", "Secret", "Service"]),
    }
    if tree.chance(0.3):
        reference["x-kubernetes-object-ref-name-key"] = tree.choose(WORDS)
    fields = {word: {"type": "string"} for word in tree.rng.sample(WORDS, 4)}
    first, second, third, _ = fields
    fields[first].update(reference)
    fields[second][tree.choose(["x-kubernetes-label-selector", "x-kubernetes-annotation"])] = ""
    fields[third] = {"$ref": "com.example.v1.Part"}
    definitions = {
        "com.example.v1.Cart": {
            "Schema": {
                "description": "a cart",
                "properties": {
                    "apiVersion": {"type": "string"},
                    "kind": {"type": "string"},
                    "metadata": {"$ref": "k8s.io/meta"},
                    "spec": {"$ref": "com.example.v1.CartSpec"},
                },
            },
            "Dependencies": [],
        },
        "com.example.v1.CartSpec": {"Schema": {"properties": fields}},
        "com.example.v1.Part": {"Schema": {"properties": {"name": dict(reference)}}},
    }
    return [layer.add_file("crd", json.dumps(definitions, indent=1).encode())]
