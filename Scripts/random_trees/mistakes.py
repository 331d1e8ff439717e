"""Mistakes, each of which makes a tree that cannot be built.

To cover another mistake, write a function that changes the tree and decorate it
with `@mistake`. The order of the functions is part of what a seed means: an added
or moved function changes the broken trees of existing seeds.
"""

from .layer import relative

MISTAKES = []


def mistake(function):
    """Registers a function that breaks a tree; some trees can be built nevertheless."""
    MISTAKES.append((function.__name__, function))
    return function


def any_layer(tree):
    return tree.choose(tree.layers)


def any_resource_file(tree):
    """(layer, path) of a random YAML file."""
    found = [
        (layer, path) for layer in tree.layers for path in layer.files if path.endswith(".yaml")
    ]
    return tree.choose(found) if found else None


@mistake
def missing_resource(tree):
    any_layer(tree).kustomization.setdefault("resources", []).append("nowhere.yaml")


@mistake
def unknown_field(tree):
    any_layer(tree).kustomization[tree.choose(["resource", "prefix", "images2"])] = "x"


@mistake
def wrong_type(tree):
    name, value = tree.choose(
        [
            ("namePrefix", 1),
            ("namespace", ["a"]),
            ("resources", "a.yaml"),
            ("commonLabels", {"a": 1}),
            ("images", [{"name": "a", "newTag": 1.5}]),
            ("replicas", [{"name": "a", "count": "1"}]),
            ("configMapGenerator", {"name": "a"}),
        ]
    )
    any_layer(tree).kustomization[name] = value


@mistake
def same_file_twice(tree):
    layer = any_layer(tree)
    found = [path for path in layer.files if path.endswith(".yaml")]
    if found:
        layer.kustomization.setdefault("resources", []).append(found[0])


@mistake
def two_kustomization_files(tree):
    any_layer(tree).files["kustomization.yml"] = b"namePrefix: a-\n"


@mistake
def empty_kustomization(tree):
    any_layer(tree).kustomization = {"kind": "Kustomization"}


@mistake
def no_kustomization(tree):
    any_layer(tree).kustomization = {}


@mistake
def wrong_api_version(tree):
    any_layer(tree).kustomization["apiVersion"] = "kustomize.config.k8s.io/v2"


@mistake
def cycle(tree):
    layer = any_layer(tree)
    target = tree.choose([".", "..", relative(layer.folder, tree.root)])
    layer.kustomization.setdefault("resources", []).append(target)


@mistake
def component_misused(tree):
    layer = any_layer(tree)
    other = any_layer(tree)
    name = tree.choose(["resources", "components"])
    layer.kustomization.setdefault(name, []).append(relative(layer.folder, other.folder))


@mistake
def replicas_of_nobody(tree):
    any_layer(tree).kustomization["replicas"] = [{"name": "nobody", "count": 1}]


@mistake
def merge_into_nothing(tree):
    entry = {"name": "nobody", "behavior": "merge", "literals": ["a=1"]}
    any_layer(tree).kustomization["configMapGenerator"] = [entry]


@mistake
def bad_literal(tree):
    entry = {"name": "bad", "literals": [tree.choose(["a", "=a", ""])]}
    any_layer(tree).kustomization["configMapGenerator"] = [entry]


@mistake
def repeated_key(tree):
    entry = {"name": "bad", "literals": ["a=1", "a=2"]}
    any_layer(tree).kustomization["secretGenerator"] = [entry]


@mistake
def missing_generator_file(tree):
    entry = {"name": "bad", tree.choose(["files", "envs"]): ["nowhere.txt"]}
    any_layer(tree).kustomization["configMapGenerator"] = [entry]


@mistake
def broken_document(tree):
    found = any_resource_file(tree)
    if not found:
        return
    layer, path = found
    broken = tree.choose(
        [
            b"kind: ConfigMap\nmetadata: {name: a\n",
            b"apiVersion: v1\nmetadata: {name: a}\n",
            b"apiVersion: v1\nkind: ConfigMap\n",
            b"apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ''}\n",
            b"apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {a: '1', a: '2'}\n",
            b"apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: *nowhere\n",
            b"apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {8080: a}\n",
            b"apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata:\n\ta: b\n",
            b"apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {a: .inf}\n",
            b'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {a: "\\/"}\n',
            b'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {a: "\xff"}\n',
            b"- a list\n",
            b"just text\n",
        ]
    )
    layer.files[path] += b"\n---\n" + broken


@mistake
def conflicting_label_fields(tree):
    entry = {"pairs": {"a": "b"}, "fields": [{"path": "metadata/labels", "create": False}]}
    any_layer(tree).kustomization["labels"] = [entry]


@mistake
def bad_replacement(tree):
    good = {
        "source": {"kind": "ConfigMap", "name": "nobody"},
        "targets": [{"select": {"kind": "ConfigMap"}, "fieldPaths": ["data.a"]}],
    }
    bad = tree.choose(
        [
            good,
            {"source": {}},
            {"sourceValue": "a"},
            {"sourceValue": "a", **good},
            {"sourceValue": "a", "targets": [{"fieldPaths": ["data.a"]}]},
            {"sourceValue": "a", "targets": [{"select": {"name": "("}}]},
            {"path": "nowhere.yaml"},
            {"path": "nowhere.yaml", **good},
            {"sourceValues": "a", **good},
        ]
    )
    any_layer(tree).kustomization["replacements"] = [bad]


@mistake
def unknown_sort_order(tree):
    for layer in tree.layers:
        if layer.folder == tree.root:
            layer.kustomization["sortOptions"] = {"order": "random"}
