"""Twists: changes to the text of a finished tree, for YAML that `yaml_writer` never writes.

Each twist takes a `random.Random` and the files of a tree, `{path: bytes}`, and
changes some of the files. Each is a shape that was found in a real repository.

To cover another shape, write such a function and decorate it with `@twist`. An added
or moved function changes the twists of existing seeds.
"""

import re

TWISTS = []
MARK = "\ufeff".encode("utf-8")
BLOCKS_OF_ANNOTATIONS = [
    "annotations: {a: '1', z: '1'}",
    "annotations: {b: '2', a: '3'}",
    "annotations:",
    "annotations: {}",
    "annotations: null",
    "annotations: {a: null, b: 1, c: true}",
]
ODD_ANNOTATIONS = ["annotations: [a, b]", "annotations: text", "annotations: [a, b, c]"]
STEPS_OF_ELEMENTS = ["*", "0", "-", "-1", "[name=web]", "[=a]", " ", "name ", "[]", "*[]"]


def twist(function):
    """Registers a twist."""
    TWISTS.append(function)
    return function


def apply(rng, files):
    """Applies one or two twists, and returns their names."""
    chosen = rng.sample(TWISTS, rng.choice([1, 1, 2]))
    for function in chosen:
        function(rng, files)
    return [function.__name__ for function in chosen]


def manifests(files):
    """The paths of files with resources or patches."""
    return [
        path
        for path, data in files.items()
        if path.endswith((".yaml", ".yml"))
        and "kustomization" not in path.lower()
        and b"kind:" in data
    ]


def choose_manifest(rng, files):
    found = manifests(files)
    return rng.choice(found) if found else None


def insert_in_metadata(rng, data, lines):
    """Inserts lines in a block `metadata:`; returns the data unchanged if it has none."""
    text = data.decode("utf-8", "surrogateescape").split("\n")
    places = [i for i, line in enumerate(text) if re.fullmatch(r"[ -]*metadata:\s*", line)]
    if not places:
        return data
    place = rng.choice(places)
    inner = next((line for line in text[place + 1 :] if line.strip()), "")
    indent = " " * (len(inner) - len(inner.lstrip()))
    added = [indent + line for line in lines]
    end = place + 1
    while end < len(text) and (not text[end].strip() or text[end].startswith(indent + " ")):
        end += 1
    at = rng.choice([place + 1, place + 1, end])
    return "\n".join(text[:at] + added + text[at:]).encode("utf-8", "surrogateescape")


@twist
def annotations_twice(rng, files):
    path = choose_manifest(rng, files)
    if path:
        blocks = rng.sample(BLOCKS_OF_ANNOTATIONS, rng.choice([1, 2, 2, 3, 4]))
        files[path] = insert_in_metadata(rng, files[path], blocks)


@twist
def annotations_of_another_shape(rng, files):
    path = choose_manifest(rng, files)
    if path:
        block = rng.choice(ODD_ANNOTATIONS + ["labels: {a: b}", "labels:", "name: other"])
        files[path] = insert_in_metadata(rng, files[path], [block])


@twist
def line_twice(rng, files):
    """Duplicates a line `key: value` of any file, including kustomizations."""
    path = rng.choice(sorted(files))
    lines = files[path].split(b"\n")
    places = [i for i, line in enumerate(lines) if re.fullmatch(rb"\s*[\w./-]+: \S.*", line)]
    if places:
        place = rng.choice(places)
        lines.insert(place, lines[place])
        files[path] = b"\n".join(lines)


@twist
def byte_order_mark(rng, files):
    path = rng.choice(sorted(files)) if rng.random() < 0.2 else choose_manifest(rng, files)
    if not path:
        return
    lines = files[path].split(b"\n")
    for _ in range(rng.choice([1, 1, 2])):
        place = rng.choice(["first", "line", "line", "indented", "comment", "separator", "end"])
        index = rng.randrange(len(lines))
        if place == "first":
            lines[0] = MARK + lines[0]
        elif place == "line":
            lines[index] = MARK + lines[index]
        elif place == "indented":
            content = lines[index].lstrip()
            lines[index] = lines[index][: len(lines[index]) - len(content)] + MARK + content
        elif place == "comment":
            lines.insert(rng.choice([0, index]), MARK + b"# comment")
        elif place == "separator":
            lines[0:0] = [b"---", MARK + lines.pop(0)]
        else:
            lines[index] += MARK
    files[path] = b"\n".join(lines)


@twist
def null_on_the_way(rng, files):
    """Replaces a value or a whole block with null or an empty collection."""
    path = choose_manifest(rng, files)
    if not path:
        return
    lines = files[path].split(b"\n")
    places = [
        i for i, line in enumerate(lines) if re.fullmatch(rb"\s*(- )?[\w./-]+:( \S.*)?", line)
    ]
    if not places:
        return
    place = rng.choice(places)
    line = lines[place]
    key = line[: line.index(b":") + 1]
    indent = len(line) - len(line.lstrip())
    end = place + 1
    while (
        end < len(lines)
        and lines[end].strip()
        and len(lines[end]) - len(lines[end].lstrip()) > indent
    ):
        end += 1
    lines[place:end] = [key + rng.choice([b"", b" null", b" ~", b" {}", b" []"])]
    files[path] = b"\n".join(lines)


@twist
def step_into_elements(rng, files):
    """Inserts a step for list elements in a path of a transformer configuration."""
    found = [path for path, data in files.items() if re.search(rb"(?m)^- path: ", data)]
    if not found:
        return
    path = rng.choice(sorted(found))
    lines = files[path].split(b"\n")
    places = [i for i, line in enumerate(lines) if line.startswith(b"- path: ")]
    place = rng.choice(places)
    parts = lines[place][len(b"- path: ") :].strip(b"'\"").split(b"/")
    parts.insert(rng.randrange(len(parts) + 1), rng.choice(STEPS_OF_ELEMENTS).encode())
    lines[place] = b'- path: "' + b"/".join(parts) + b'"'
    files[path] = b"\n".join(lines)


@twist
def no_version(rng, files):
    """Removes `apiVersion` from a resource or patch, or makes it null or empty."""
    path = choose_manifest(rng, files)
    if path:
        word = rng.choice([b"", b"apiVersion:\n", b"apiVersion: null\n", b"apiVersion: ''\n"])
        files[path] = re.sub(rb"(?m)^apiVersion: .*\n", word, files[path], count=1)


@twist
def needs_hash(rng, files):
    """Adds the annotation that asks for a name suffix hash to any resource."""
    path = choose_manifest(rng, files)
    if path:
        note = rng.choice(
            [
                "annotations: {internal.config.kubernetes.io/needsHashSuffix: enabled}",
                "annotations: {internal.config.kubernetes.io/needsHashSuffix: 'enabled', a: b}",
                "annotations: {internal.config.kubernetes.io/needsHashSuffix: disabled}",
            ]
        )
        files[path] = insert_in_metadata(rng, files[path], [note])


@twist
def deep_chain(rng, files):
    """Adds a long chain of bases below a layer."""
    roots = [path for path in files if path.endswith("/kustomization.yaml")]
    if not roots:
        return
    path = rng.choice(sorted(roots))
    folder = path[: path.rindex("/")]
    depth = rng.choice([5, 20, 60])
    for level in range(depth):
        below = f"- ../{level + 1}\n" if level + 1 < depth else "- a.yaml\n"
        extra = rng.choice(
            ["", f"namePrefix: p{level}-\n", "commonLabels: {a: b}\n", "namespace: x\n"]
        )
        files[f"{folder}/chain/{level}/kustomization.yaml"] = f"{extra}resources:\n{below}".encode()
    files[
        f"{folder}/chain/{depth - 1}/a.yaml"
    ] = b"apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: deep-chain\n"
    if re.search(rb"(?m)^resources:\n", files[path]):
        files[path] = re.sub(
            rb"(?m)^resources:\n", b"resources:\n- chain/0\n", files[path], count=1
        )
