"""A tree of kustomizations, made from a seed."""

import json
import random

from .fields import FIELDS
from .kinds import KINDS
from .layer import Layer, relative
from .mistakes import MISTAKES
from .words import BARE, NAMESPACES, RARE_TEXTS, TEXTS, WORDS
from .yaml_writer import Bare, write_document, write_documents


class Tree:
    """The layers of one seed.

    Kinds, fields and mistakes take numbers from the same `rng`, so an added or moved
    call changes the trees of existing seeds.
    """

    def __init__(self, seed):
        self.rng = random.Random(seed)
        self.layers = []
        self.names = {}  # kind -> original names of its resources
        self.shared = False  # whether two layers include the layer being made
        self.ids = set()  # (kind, name) or (kind, name, namespace), to keep resources apart
        self.has_claim_templates = False
        self.variables = 0  # the number of variables defined so far
        self.root = ""  # the folder to build
        self.mistake = None  # the name of the mistake, if the tree has one
        self.twists = []  # the names of the twists that were applied to the files
        self.build()

    # Chances and choices.

    def chance(self, probability):
        return self.rng.random() < probability

    def choose(self, items):
        return self.rng.choice(items)

    def text(self):
        """A word, or at times a text that is hard to write as YAML."""
        if self.chance(0.5):
            return self.choose(WORDS)
        if self.chance(0.8):
            return self.choose(TEXTS)
        if self.chance(0.01):
            return self.choose(RARE_TEXTS)
        return "".join(self.choose(TEXTS) for _ in range(self.rng.randrange(2, 4)))

    def odd_value(self, depth=0):
        """A YAML value of any type, possibly nested."""
        roll = self.rng.random()
        if depth < 3 and roll < 0.15:
            return [self.odd_value(depth + 1) for _ in range(self.rng.randrange(0, 4))]
        if depth < 3 and roll < 0.35:
            return {self.key(): self.odd_value(depth + 1) for _ in range(self.rng.randrange(0, 4))}
        if roll < 0.65:
            return Bare(self.choose(BARE))
        return self.text()

    def key(self):
        """A key of a map."""
        odd = ["a.b", "a-b", "A", "a1", "a10", "a2", "yes", "n", "8080", "true", "a b", "ż", ""]
        odd.append("🚀")
        return self.choose(odd) if self.chance(0.3) else self.choose(WORDS)

    def text_map(self, most=3):
        """Annotations."""
        prefix = ["", "", "app.kubernetes.io/", "example.com/"]
        return {
            self.choose(prefix) + self.choose(WORDS): self.text()
            for _ in range(self.rng.randrange(1, most + 1))
        }

    def label_map(self):
        """Labels, nearly all of them valid."""
        if self.chance(0.02):
            return {self.choose(["yes", "n", "a b", "ż", "a/b/c"]): self.text()}
        values = WORDS + ["1", "true", "v1.2", "2026-08-01", "", "a_b", "1e3", "0x1", "null"]
        return {
            self.choose(["", "example.com/"]) + self.choose(WORDS): self.choose(values)
            for _ in range(self.rng.randrange(1, 3))
        }

    # Names.

    def new_name(self, kind):
        """A name that no resource of that kind has so far."""
        name = self.choose(WORDS)
        if self.chance(0.25):
            name += "-" + self.choose(WORDS)
        if self.chance(0.03):
            name = self.choose(["1", "8080", "true", "1e3", "2026-08-01", "n", "0x1"])
        while (kind, name) in self.ids:
            name += str(self.rng.randrange(10))
        self.ids.add((kind, name))
        self.names.setdefault(kind, []).append(name)
        return name

    def share_name(self, document):
        """Gives the resource the name of another one, and a namespace of its own."""
        kind, metadata = document["kind"], document["metadata"]
        name = self.choose(self.names[kind])
        space = self.choose(NAMESPACES)
        if (kind, name, space) not in self.ids:
            self.ids.add((kind, name, space))
            metadata["name"], metadata["namespace"] = name, space

    def name_of(self, kind):
        """The name of a resource of that kind, or at times a name that no resource has."""
        known = self.names.get(kind, [])
        if known and self.chance(0.85):
            name = self.choose(known)
            return f"{self.choose(WORDS)}-{name}" if self.chance(0.05) else name
        return self.choose(WORDS)

    # Shapes.

    def build(self):
        """Makes the layers in a random shape, and the mistake."""
        shapes = ["one", "two", "two", "three", "four", "diamond", "diamond", "siblings"]
        shape = self.choose(shapes)
        self.shared = shape == "diamond"
        below = [self.layer("base", [])]
        if shape in ("two", "three", "four"):
            for step in range({"two": 1, "three": 2, "four": 3}[shape]):
                below = [self.layer(f"layer{step}", below)]
        elif shape == "diamond":
            self.shared = False
            left = self.layer("left", below, apart="left")
            right = self.layer("right", below, apart="right")
            below = [self.layer("top", [left, right])]
        elif shape == "siblings":
            below = [self.layer("top", below + [self.layer("other", [])])]
        self.root = below[0].folder
        if self.chance(0.14):
            name, function = self.choose(MISTAKES)
            self.mistake = name
            function(self)

    def layer(self, folder, below, apart=None, component=False):
        """Makes a layer that includes the layers `below`.

        `apart` is the prefix or suffix that keeps the names of a diamond's branches distinct.
        """
        layer = Layer(folder, {}, {}, [], {})
        for each in below:
            for of, names in each.generated.items():
                layer.generated.setdefault(of, []).extend(names)
        if component:
            layer.kustomization["apiVersion"] = "kustomize.config.k8s.io/v1alpha1"
            layer.kustomization["kind"] = "Component"
        elif self.chance(0.5):
            layer.kustomization["apiVersion"] = "kustomize.config.k8s.io/v1beta1"
            layer.kustomization["kind"] = "Kustomization"
        resources = [relative(folder, each.folder) for each in below]
        few = component or below
        for _ in range(self.rng.randrange(0, 2) if few else self.rng.randrange(1, 4)):
            resources.append(self.resource_file(layer))
        self.rng.shuffle(resources)
        if resources:
            layer.kustomization["resources"] = resources
        if not component and self.chance(0.2):
            part = self.layer(f"component{len(self.layers)}", [], component=True)
            layer.kustomization["components"] = [relative(folder, part.folder)]
        for name, chance, function in FIELDS:
            if self.chance(chance):
                value = function(self, layer)
                if value is not None:
                    layer.kustomization[name] = value
        if apart:
            where = self.choose(["namePrefix", "nameSuffix"])
            layer.kustomization[where] = f"{apart}-" if where == "namePrefix" else f"-{apart}"
        if not set(layer.kustomization) - {"apiVersion", "kind"}:
            layer.kustomization["namePrefix"] = self.choose(WORDS) + "-"
        self.layers.append(layer)
        return layer

    def resource_file(self, layer):
        """Adds a file with a few resources to a layer, and returns its path."""
        documents = [self.resource() for _ in range(self.rng.randrange(1, 7))]
        layer.resources += documents
        if self.chance(0.06):
            name = self.choose(["List", "List", "ConfigMapList", "ResourceList"])
            documents = [{"apiVersion": "v1", "kind": name, "items": documents}]
            if self.chance(0.3):
                documents.append(self.resource())
        path = f"resources{len(layer.files)}.yaml"
        if self.chance(0.1):
            path = "sub/" + path
        layer.files[path] = write_documents(self.rng, documents)
        return path

    def resource(self):
        """A resource of a random kind with random metadata."""
        document = self.choose(KINDS)(self)
        # Prefixes do not rename these kinds, so they would clash in a diamond; and the
        # field `namespace` would give two namespaces the same name.
        while (self.shared and document["kind"] in ("CustomResourceDefinition", "APIService")) or (
            document["kind"] == "Namespace" and (self.shared or len(self.names["Namespace"]) > 1)
        ):
            document = self.choose(KINDS)(self)
        metadata = document["metadata"]
        if self.chance(0.15):
            metadata["namespace"] = self.choose(NAMESPACES)
        elif self.chance(0.04):
            self.share_name(document)
        if self.chance(0.4):
            metadata["labels"] = self.label_map()
        if self.chance(0.2):
            metadata["annotations"] = self.text_map()
        if self.chance(0.04):
            metadata[self.choose(["labels", "annotations", "namespace"])] = None
        if self.chance(0.04):
            metadata["creationTimestamp"] = None
        if self.chance(0.02):
            value = self.choose(["true", "false"])
            metadata["annotations"] = {"config.kubernetes.io/local-config": value}
        items = list(document.items())
        if self.chance(0.3):
            self.rng.shuffle(items)
        return dict(items)

    # Files.

    def files(self):
        """The files of the whole tree: {path: bytes}."""
        files = {}
        for layer in self.layers:
            for path, data in layer.files.items():
                files[f"{layer.folder}/{path}"] = data
            if layer.kustomization:
                name = self.choose(["kustomization.yaml"] * 15 + ["Kustomization"])
                files[f"{layer.folder}/{name}"] = write_kustomization(self, layer.kustomization)
        return files


def write_kustomization(tree, kustomization):
    """The bytes of a kustomization, its fields in random order.

    Some kustomizations have deprecated fields, field names in another case, or are JSON.
    """
    items = list(kustomization.items())
    tree.rng.shuffle(items)
    fields = dict(items)
    if "images" in fields and tree.chance(0.04):
        fields["imageTags"] = fields.pop("images")
    paths = fields.get("resources")
    if isinstance(paths, list) and tree.chance(0.04):
        bases = [path for path in paths if path.startswith("../")]
        fields["resources"] = [path for path in paths if path not in bases]
        fields["bases"] = bases
    if tree.chance(0.04):
        change = tree.choose([str.lower, str.upper, str.capitalize])
        fields = {change(name): value for name, value in fields.items()}
    if tree.chance(0.04):
        return json.dumps(fields, ensure_ascii=False, indent=tree.choose([None, 2])).encode("utf-8")
    data = write_document(tree.rng, fields, anchors=True).encode("utf-8")
    if tree.chance(0.04):
        data = data.replace(b"\n", b"\r\n")
    return data
