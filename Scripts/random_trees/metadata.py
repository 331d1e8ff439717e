"""Small trees about `metadata`: `annotations` written several times, whole copies, content hashes.

`compare-random --shape metadata` makes them. Each has one or two layers with few objects, nearly all of which show
something that real manifests hardly do: several blocks of annotations with nulls among them, in objects, patches,
transformer objects and components; replacements of all of `metadata`; and hashes of any kind of object, also behind
patches that change names and kinds.
"""

import json
import random

NEEDS_HASH = "internal.config.kubernetes.io/needsHashSuffix: enabled"
BLOCKS = [
    ["annotations:"],
    ["annotations: null"],
    ["annotations: ~"],
    ["annotations: {}"],
    ["annotations: {a: '1'}"],
    ["annotations: {a: '2', b: '2'}"],
    ["annotations: {c: x, a: null}"],
    ["annotations: {b: 3, d: true}"],
    ["annotations:", "  a: '4'", "  e: z"],
    ["annotations:", "  b:", "  f: yes"],
]
OBJECTS = [
    ("v1", "ConfigMap", ["data:", "  k: v"]),
    ("v1", "ConfigMap", []),
    ("v1", "Secret", ["stringData: {s: t}"]),
    ("batch/v1", "Job", ["spec:", "  template:", "    spec: {restartPolicy: Never}"]),
    ("apps/v1", "Deployment", ["spec:", "  template:", "    metadata: {annotations: {a: p}}"]),
    ("example.com/v1", "Widget", ["spec: {list: [1, 'two', 3.0], size: 1e3, none: }"]),
]
NAMES = ["one", "two", "three"]
OPTIONS = ["allowNameChange", "allowKindChange"]
COPIED = ["metadata", "metadata", "metadata.annotations", "metadata.annotations", "metadata.labels"]
SETTERS = [
    ["namePrefix: p-"],
    ["nameSuffix: -s"],
    ["namespace: space"],
    ["commonAnnotations: {a: new, q: r}"],
    ["commonLabels: {app: shop}"],
    ["labels:", "- pairs: {tier: front}", "  includeTemplates: true"],
    ["buildMetadata: [originAnnotations]"],
    ["buildMetadata: [transformerAnnotations]"],
    ["buildMetadata: [originAnnotations, transformerAnnotations, managedByLabel]"],
]


def indented(lines, by="  "):
    return [by + line if line else line for line in lines]


class MetadataTree:
    """The files of one seed."""

    def __init__(self, seed):
        self.rng = random.Random(f"metadata {seed}")
        self.mistake = None
        self.twists = []
        self.made = {}
        self.objects = []  # (version, kind, name) of the base
        self.count = 0
        self.layer("base", [], component=False)
        self.root = "base"
        if self.chance(0.5):
            below = ["../base"]
            parts = []
            if self.chance(0.4):
                self.layer("part", [], component=True)
                parts = ["../part"]
            self.layer("top", below, component=False, components=parts)
            self.root = "top"

    def files(self):
        return self.made

    def chance(self, probability):
        return self.rng.random() < probability

    def choose(self, items):
        return self.rng.choice(items)

    # Objects.

    def blocks(self, fewest=0):
        """Some blocks of annotations, mostly fewer than four."""
        number = self.choose([0, 1, 2, 2, 2, 3, 3, 3, 4])
        return [self.choose(BLOCKS) for _ in range(max(number, fewest))]

    def metadata(self, name, blocks, needs_hash=False):
        """The lines of a block `metadata`."""
        parts = [["name: " + name]] + blocks
        if needs_hash:
            place = self.rng.randrange(len(parts) + 1)
            parts.insert(place, ["annotations:", "  " + NEEDS_HASH])
            if self.chance(0.5):
                parts[place].append("  g: h")
        if self.chance(0.3):
            parts.append(["labels: {app: web}"])
        if self.chance(0.4):
            self.rng.shuffle(parts)
        return ["metadata:"] + indented([line for part in parts for line in part])

    def document(self, version, kind, name, blocks, fields, needs_hash=False):
        lines = [f"apiVersion: {version}", f"kind: {kind}"]
        metadata = self.metadata(name, blocks, needs_hash)
        body = metadata + fields if self.chance(0.8) else fields + metadata
        return lines + body

    def new_objects(self):
        """The documents of a file with resources."""
        documents = []
        names = self.rng.sample(NAMES, self.choose([1, 1, 2, 3]))
        for name in names:
            version, kind, fields = self.choose(OBJECTS)
            needs_hash = self.chance(0.25)
            blocks = self.blocks()
            if needs_hash and self.chance(0.5):
                blocks = []
            documents.append(self.document(version, kind, name, blocks, fields, needs_hash))
            self.objects.append((version, kind, name))
        return documents

    def write(self, folder, name, documents):
        self.count += 1
        path = f"{name}{self.count}.yaml"
        text = "\n---\n".join("\n".join(lines) for lines in documents) + "\n"
        self.made[f"{folder}/{path}"] = text.encode()
        return path

    # Fields of a kustomization.

    def patch(self, folder):
        """An entry of `patches`: a strategic merge or a JSON patch, in a file or in the entry."""
        version, kind, name = self.choose(self.objects)
        has_target = self.chance(0.5)
        if self.chance(0.25):
            return self.json_patch(kind, name)
        fields = self.choose([[], ["data: {n: m}"], ["spec: {x: y}"]])
        new_name, new_kind = name, kind
        options = []
        if has_target and self.chance(0.4):
            options = self.rng.sample(OPTIONS, self.choose([1, 2]))
            new_name = self.choose([name, "renamed"])
            new_kind = self.choose([kind, kind, "Gadget", "ConfigMap"])
        elif has_target and self.chance(0.3):
            new_name = self.choose(["other", "any"])
        if self.chance(0.1):
            blocks = [["$patch: " + self.choose(["delete", "replace", "merge"])]]
            blocks.append(self.choose(BLOCKS))
        elif self.chance(0.08):
            blocks = [["annotations: {$patch: " + self.choose(["delete", "replace"]) + ", z: w}"]]
            blocks += self.blocks()[:1]
        else:
            blocks = self.blocks(fewest=1)
        lines = self.document(version, new_kind, new_name, blocks, fields)
        if self.chance(0.4):
            entry = ["- path: " + self.write(folder, "patch", [lines])]
        else:
            entry = ["- patch: |-"] + indented(lines, "    ")
        if has_target:
            entry += [
                "  target: " + self.choose([f"{{kind: {kind}, name: {name}}}", f"{{kind: {kind}}}"])
            ]
        if options:
            entry += ["  options: {" + ", ".join(f"{option}: true" for option in options) + "}"]
        return entry

    def json_patch(self, kind, name):
        annotations = "/metadata/annotations"
        operation = self.choose(
            [
                {"op": "add", "path": annotations + "/n", "value": "o"},
                {"op": "replace", "path": annotations, "value": {"n": "o"}},
                {"op": "remove", "path": annotations},
                {"op": "add", "path": annotations, "value": {"a": "b"}},
                {"op": "add", "path": "/metadata/labels", "value": {"a": "b"}},
                {"op": "replace", "path": annotations + "/a", "value": "j"},
                {"op": "replace", "path": "/metadata/name", "value": "renamed"},
                {"op": "copy", "from": annotations, "path": "/metadata/labels"},
                {"op": "test", "path": annotations + "/a", "value": "1"},
            ]
        )
        target = f"{{kind: {kind}, name: {name}}}"
        return [f"- patch: '{json.dumps([operation])}'", f"  target: {target}"]

    def replacement(self):
        """An entry of `replacements`, mostly of a whole mapping."""
        _, kind, name = self.choose(self.objects)
        _, target, target_name = self.choose(self.objects)
        path = self.choose(COPIED)
        goal = self.choose([path, path, path, "spec", "data", "metadata.annotations", "spec.copy"])
        lines = [
            f"- source: {{kind: {kind}, name: {name}, fieldPath: {path}}}",
            "  targets:",
            f"  - select: {{kind: {target}, name: {target_name}}}",
            f"    fieldPaths: [{goal}]",
        ]
        if self.chance(0.6):
            lines.append("    options: {create: true}")
        return lines

    def transformer(self, folder):
        """The path of a file with an object of `transformers`."""
        blocks = self.blocks()
        kind, fields = self.choose(
            [
                ("AnnotationsTransformer", ["annotations: {t: u}", "fieldSpecs:", "- {path: metadata/annotations, create: true}"]),
                ("LabelTransformer", ["labels: {t: u}", "fieldSpecs:", "- {path: metadata/labels, create: true}"]),
                ("PrefixTransformer", ["prefix: x-", "fieldSpecs:", "- {path: metadata/name}"]),
                ("NamespaceTransformer", ["metadata: {name: n, namespace: other}"]),
                ("PatchTransformer", ["target: {kind: ConfigMap}", "patch: |-", "  apiVersion: v1", "  kind: ConfigMap", "  metadata: {name: x, annotations: {t: u}}"]),
                ("PatchTransformer", ["target: {kind: ConfigMap}", "patch: |-"] + indented(self.document("v1", "ConfigMap", "x", self.blocks(1), []))),
            ]
        )  # fmt: skip
        lines = ["apiVersion: builtin", f"kind: {kind}"]
        if kind != "NamespaceTransformer":
            lines += self.metadata("t", blocks)
        return self.write(folder, "transformer", [lines + fields])

    def generator(self):
        kind = self.choose(["configMapGenerator", "secretGenerator"])
        name = f"made{self.count}"
        self.count += 1
        self.objects.append(("v1", "ConfigMap" if kind[0] == "c" else "Secret", name))
        options = self.choose(
            [[], ["  options: {annotations: {a: g}}"], ["  options: {labels: {l: g}}"]]
        )
        return [f"{kind}:", f"- name: {name}", "  literals: [a=b]"] + options

    def layer(self, folder, below, component, components=()):
        lines = []
        if component:
            lines += ["apiVersion: kustomize.config.k8s.io/v1alpha1", "kind: Component"]
        resources = list(below)
        if not component and (not below or self.chance(0.2)):
            resources.append(
                self.write(folder, "resource", self.new_objects()) if not below else None
            )
        resources = [path for path in resources if path]
        if resources:
            lines += ["resources:"] + [f"- {path}" for path in resources]
        if components:
            lines += ["components:"] + [f"- {path}" for path in components]
        if self.chance(0.15):
            lines += self.generator()
        for setter in self.rng.sample(SETTERS, self.choose([0, 0, 1, 1, 2])):
            if not any(setter[0].split(":")[0] == line.split(":")[0] for line in lines):
                lines += setter
        if self.chance(0.5):
            entries = [self.patch(folder) for _ in range(self.choose([1, 1, 2]))]
            lines += ["patches:"] + [line for entry in entries for line in entry]
        if self.chance(0.3):
            entries = [self.replacement() for _ in range(self.choose([1, 1, 2]))]
            lines += ["replacements:"] + [line for entry in entries for line in entry]
        if self.chance(0.15):
            lines += ["transformers:", "- " + self.transformer(folder)]
        if not lines:
            lines = ["namePrefix: p-"]
        self.made[f"{folder}/kustomization.yaml"] = ("\n".join(lines) + "\n").encode()
