"""`transformers`, `generators` and `validators`: lists of objects that configure built-in plugins."""

import json

from ..words import IMAGE_NAMES, NAMESPACES, WORDS
from ..yaml_writer import Style, YamlWriter
from .configurations import CONFIGURATION
from .generators import generator_arguments
from .patches import json_patch, patch_text, strategic_patch
from .replacements import random_replacement
from .selection import selector

TRANSFORMERS = """AnnotationsTransformer LabelTransformer PrefixTransformer SuffixTransformer
PrefixSuffixTransformer NamespaceTransformer ImageTagTransformer ReplicaCountTransformer
PatchTransformer PatchJson6902Transformer PatchStrategicMergeTransformer ReplacementTransformer
ValueAddTransformer HashTransformer""".split()
GENERATORS = ["ConfigMapGenerator", "ConfigMapGenerator", "SecretGenerator", "IAMPolicyGenerator"]


def field_specs(tree, *paths):
    return [{"path": path, "create": tree.chance(0.5)} for path in paths]


# The functions below return the fields of an object of one kind. `document` is the
# resource that patches change.


def annotations(tree, layer, document):
    return {
        "annotations": tree.text_map(),
        "fieldSpecs": field_specs(tree, "metadata/annotations", "spec/notes"),
    }


def labels(tree, layer, document):
    pairs = tree.label_map()
    path = tree.choose(CONFIGURATION["commonLabels"])
    return {"labels": pairs, "fieldSpecs": field_specs(tree, "metadata/labels", path)}


def affix(tree):
    return tree.choose(["a-", "-z", "1"])


def prefix(tree, layer, document):
    return {"prefix": affix(tree), "fieldSpecs": field_specs(tree, "metadata/name")}


def suffix(tree, layer, document):
    return {"suffix": affix(tree), "fieldSpecs": field_specs(tree, "metadata/name")}


def prefix_and_suffix(tree, layer, document):
    first = affix(tree)
    affix(tree)  # Not used; the call keeps the trees of all seeds as they are.
    return {"prefix": first, "suffix": "-z", "fieldSpecs": field_specs(tree, "metadata/name")}


def namespace(tree, layer, document):
    result = {
        "metadata": {"namespace": tree.choose(NAMESPACES)},
        "fieldSpecs": field_specs(tree, "metadata/namespace"),
    }
    if tree.chance(0.3):
        result["unsetOnly"] = tree.chance(0.8)
    if tree.chance(0.3):
        kinds = ["defaultOnly", "allServiceAccounts", "none"]
        result["setRoleBindingSubjects"] = tree.choose(kinds)
    return result


def image_tag(tree, layer, document):
    return {
        "imageTag": {"name": tree.choose(IMAGE_NAMES), "newTag": tree.choose(["v9", "1"])},
        "fieldSpecs": field_specs(tree, "spec/template/spec/containers[]/image", "spec/web"),
    }


def replica_count(tree, layer, document):
    return {
        "replica": {"name": tree.name_of("Deployment"), "count": 4},
        "fieldSpecs": field_specs(tree, "spec/replicas"),
    }


def patch(tree, layer, document):
    result = {"patch": patch_text(tree, strategic_patch(tree, document))}
    if tree.chance(0.3):
        result["target"] = selector(tree, document, regex=True)
    return result


def patch_json(tree, layer, document):
    return {
        "jsonOp": patch_text(tree, json_patch(tree, document)),
        "target": selector(tree, document, regex=True),
    }


def patch_strategic_merge(tree, layer, document):
    return {"patches": patch_text(tree, strategic_patch(tree, document))}


def replacement(tree, layer, document):
    return {"replacements": [random_replacement(tree, layer)]}


def value_add(tree, layer, document):
    value = tree.choose(WORDS)
    paths = ["metadata/name", "metadata/labels/app", "spec/web"]
    target = {"fieldPath": tree.choose(paths)}
    if tree.chance(0.5):
        target["filePathPosition"] = tree.rng.randrange(0, 3)
    return {"value": value, "targets": [target]}


def content_hash(tree, layer, document):
    return {}


def config_map(tree, layer, document):
    return generator(tree, layer, "ConfigMap")


def secret(tree, layer, document):
    return generator(tree, layer, "Secret")


def generator(tree, layer, kind):
    arguments = generator_arguments(tree, layer, kind)
    return {"metadata": {"name": arguments.pop("name")}, **arguments}


def iam_policy(tree, layer, document):
    return {
        "cloud": "gke",
        "projectId": "shop",
        "kubernetesService": {"name": tree.new_name("ServiceAccount")},
        "serviceAccount": {"name": "robot", "projectId": "shop"},
    }


OBJECTS = {
    "AnnotationsTransformer": annotations,
    "LabelTransformer": labels,
    "PrefixTransformer": prefix,
    "SuffixTransformer": suffix,
    "PrefixSuffixTransformer": prefix_and_suffix,
    "NamespaceTransformer": namespace,
    "ImageTagTransformer": image_tag,
    "ReplicaCountTransformer": replica_count,
    "PatchTransformer": patch,
    "PatchJson6902Transformer": patch_json,
    "PatchStrategicMergeTransformer": patch_strategic_merge,
    "ReplacementTransformer": replacement,
    "ValueAddTransformer": value_add,
    "HashTransformer": content_hash,
    "ConfigMapGenerator": config_map,
    "SecretGenerator": secret,
    "IAMPolicyGenerator": iam_policy,
}


def built_in_object(tree, layer, kind):
    """An object for one of the three fields."""
    result = {"apiVersion": "builtin", "kind": kind, "metadata": {"name": tree.choose(WORDS)}}
    document = tree.choose(layer.resources)
    fields = OBJECTS[kind](tree, layer, document)
    result["metadata"].update(fields.pop("metadata", {}))
    return {**result, **fields}


def listed_objects(tree, layer, kinds):
    """The entries of one of the fields: inline objects, files, and directories to build."""
    if not layer.resources:
        return None
    entries = []
    for _ in range(tree.rng.randrange(1, 3)):
        objects = [built_in_object(tree, layer, tree.choose(kinds))]
        if tree.chance(0.2):
            objects.append(built_in_object(tree, layer, tree.choose(kinds)))
            objects[1]["metadata"]["name"] += "2"
        # Through JSON, `Bare` scalars become text.
        plain = [json.loads(json.dumps(each)) for each in objects]
        style = Style.random(tree.rng, anchors=False)
        text = "---\n".join(YamlWriter(tree.rng, style).document(each) for each in plain)
        roll = tree.rng.random()
        if roll < 0.4:
            entries.append(text)
        elif roll < 0.9:
            entries.append(layer.add_file("object", text.encode()))
        else:
            folder = f"objects{len(layer.files)}"
            kustomization = b"resources: [object.yaml]\nnamePrefix: o-\n"
            layer.files[f"{folder}/kustomization.yaml"] = kustomization
            layer.files[f"{folder}/object.yaml"] = text.encode()
            entries.append(folder)
    return entries


def transformers(tree, layer):
    return listed_objects(tree, layer, TRANSFORMERS)


def generators(tree, layer):
    return listed_objects(tree, layer, GENERATORS)


def validators(tree, layer):
    return listed_objects(tree, layer, ["LabelTransformer", "AnnotationsTransformer"])
