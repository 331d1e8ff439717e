"""Changes of one tree, as a slip of the hand, a merge or a hostile author makes them.

Each takes a `random.Random`, the files of a tree, `{path: bytes}`, and a list of lines of other trees, and
changes the files. Most leave a tree that renders, so that the rules have something to look at.

To cover another one, write such a function and decorate it with `@mutation`. An added or moved function
changes the mutations of existing seeds.
"""

import re

MUTATIONS = []
VALUE = re.compile(rb"^(\s*(?:- )*[\w./$-]+: +)(\S.*)$")
KEY = re.compile(rb"^(\s*(?:- )*)([\w./$-]+)(:(?: .*)?)$")

SCALARS = [
    b"null", b"~", b"''", b'""', b"true", b"on", b"0400", b"1.10", b"-1", b"1e3", b"80", b'"80"',
    b"128 MB", b"{}", b"[]", b"[a, b]", b"{a: b}", b"[null]", b"${VERSION}", b"$(NAME)", b"{{ .Values.x }}",
    b"a.b.c", b"web*", b".*", b"(", b"^web$", b"spec/replicas", b"/spec/replicas", b"/metadata/labels/a~1b",
    b"Shop_Prod", b"1.0 beta", b"create", b"Merge", b"delete", b"a=b", b"'a: b'", b'"a\\tb"', b'"\\u00e9"',
    "grüße".encode(), "日本語".encode(), "🚀 a".encode(), "e\u0301".encode(), b"x" * 300, b"&a b", b"*a", b"!!str 1",
    b"|", b">-", b"ENC[AES256]", b"web:1.0", b"example/web@sha256:0", b"CHANGEME", b"<NAME>", b"- a",
]  # fmt: skip
NAMES = [
    b"web",
    b"wbe",
    b"prod-web",
    b"db",
    b"default",
    b"kube-system",
    b"settings",
    b"http",
    b"Deployment",
]
LINES = [
    b"# lamina: ignore", b"# lamina: ignore[patch-no-match] why", b"# lamina: ignore-file[null-value]",
    b"# lamina: ignore[", b"#", b"---", b"...", b"", b"\t", b"<<<<<<< HEAD", b"%YAML 1.1", b"? a", b"- - a",
    "# grüße 🚀".encode(), b"$patch: delete", b"$patch: replace", b"- $patch: merge", b"a: &x {b: c}",
    b"<<: *x", b"labels: {a: b}", b"annotations:", b"namespace: other",
]  # fmt: skip
ENTRIES = [
    b"namePrefix: prod-", b"nameSuffix: -v2", b"namespace: shop", b"namespace: Shop_Prod",
    b"commonLabels: {app: x}", b"commonLabels: {app: 1.0 beta}", b"labels: [{pairs: {a: b}, includeSelectors: true}]",
    b"commonAnnotations: {a/b/c: d}", b"images: [{name: none, newTag: '2'}]", b"images: [{name: 'web:1'}]",
    b"images: [{name: nginx, newName: nginx}]", b"replicas: [{name: web, count: 2}]",
    b"configMapGenerator: [{name: c, literals: [a=b, 'HO ST=1', 'q=\"v\"']}]", b"configMapGenerator: [{name: c}]",
    b"secretGenerator: [{name: s, literals: [a=b], behavior: Merge}]", b"generatorOptions: {disableNameSuffixHash: true}",
    b"""patches: [{target: {kind: Deployment, name: none}, patch: '[{"op": "add", "path": "/spec/x", "value": 1}]'}]""",
    b"""patches: [{target: {}, patch: '[{"op": "add", "path": "spec/replicas", "value": 1}]'}]""",
    b"patches: [{target: {kind: '.*'}, patch: '- {op: replace, path: /metadata/nmae, value: x}'}]",
    b"patches: [{target: {name: 'web.*'}, patch: '- {op: add, path: /spec/x}'}]",
    b"patches: [{patch: '{apiVersion: apps/v1, kind: Deployment, metadata: {name: web}, spec: {template: {spec: {containers: [{nmae: web}]}}}}'}]",
    b"patches: [{patch: '{apiVersion: apps/v1, kind: Deployment, metadata: {name: web}, spec: {template: {spec: {containers: []}}}}'}]",
    b"patches: [{patch: '{apiVersion: v1, kind: Service, metadata: {name: web}, $patch: delete}', options: {allowNameChange: true}}]",
    b"replacements: [{source: {kind: Deployment, fieldPath: metadata.name}, targets: [{select: {kind: Service}, fieldPaths: [spec.selector.app], options: {create: true, delimiter: x}}]}]",
    b"replacements: [{sourceValue: a, targets: [{select: {kind: None}, fieldPaths: [a]}]}]",
    b"sortOptions: {order: fifo}", b"buildMetadata: [originAnnotations, transformerAnnotations]", b"openapi: {version: v1.20.4}",
    b"Images: []", b"resources: []", b"patchesStrategicMerge: []", b"vars: []",
]  # fmt: skip


def mutation(function):
    """Registers a mutation."""
    MUTATIONS.append(function)
    return function


def apply(rng, files, others):
    """Applies one to three mutations, and returns their names."""
    chosen = [rng.choice(MUTATIONS) for _ in range(rng.choice([1, 1, 1, 2, 3]))]
    for function in chosen:
        if files:
            function(rng, files, others)
    return [function.__name__ for function in chosen]


def change_lines(rng, files, matching=None):
    """Returns (path, lines, a place among them), or None if no line of the chosen file matches."""
    path = rng.choice(sorted(files))
    lines = files[path].split(b"\n")
    places = [i for i, line in enumerate(lines) if matching is None or matching.match(line)]
    return (path, lines, rng.choice(places)) if places else None


def put(files, path, lines):
    files[path] = b"\n".join(lines)


def kustomization(rng, files):
    found = [path for path in sorted(files) if "ustomization" in path]
    return rng.choice(found) if found else None


@mutation
def other_value(rng, files, others):
    if found := change_lines(rng, files, VALUE):
        path, lines, place = found
        before = VALUE.match(lines[place])[1]
        lines[place] = before + rng.choice(SCALARS)
        put(files, path, lines)


@mutation
def other_name(rng, files, others):
    if found := change_lines(rng, files, VALUE):
        path, lines, place = found
        lines[place] = VALUE.match(lines[place])[1] + rng.choice(NAMES)
        put(files, path, lines)


@mutation
def slip_in_key(rng, files, others):
    if found := change_lines(rng, files, KEY):
        path, lines, place = found
        before, key, after = KEY.match(lines[place]).groups()
        at = rng.randrange(len(key))
        swapped = key[at : at + 1].swapcase()
        key = key[:at] + rng.choice([b"", b"x", swapped, "é".encode()]) + key[at + 1 :]
        lines[place] = before + key + after
        put(files, path, lines)


@mutation
def slip_in_value(rng, files, others):
    if found := change_lines(rng, files, VALUE):
        path, lines, place = found
        before, value = VALUE.match(lines[place]).groups()
        at = rng.randrange(len(value))
        value = (
            value[:at] + rng.choice([b"", b"x", b"-", b".", b"*", "🚀".encode()]) + value[at + 1 :]
        )
        lines[place] = before + value
        put(files, path, lines)


@mutation
def line_removed(rng, files, others):
    path, lines, place = change_lines(rng, files)
    del lines[place]
    put(files, path, lines)


@mutation
def line_twice(rng, files, others):
    path, lines, place = change_lines(rng, files)
    lines.insert(rng.choice([place, rng.randrange(len(lines) + 1)]), lines[place])
    put(files, path, lines)


@mutation
def block_twice(rng, files, others):
    """Repeats a line and the lines that are indented further, such as an element of a list."""
    path, lines, place = change_lines(rng, files)
    indent = len(lines[place]) - len(lines[place].lstrip())
    end = place + 1
    while end < len(lines) and len(lines[end]) - len(lines[end].lstrip()) > indent:
        end += 1
    lines[end:end] = lines[place:end]
    put(files, path, lines)


@mutation
def lines_swapped(rng, files, others):
    path, lines, place = change_lines(rng, files)
    other = rng.randrange(len(lines))
    lines[place], lines[other] = lines[other], lines[place]
    put(files, path, lines)


@mutation
def other_indent(rng, files, others):
    path, lines, place = change_lines(rng, files)
    lines[place] = (
        rng.choice([b" ", b"  ", b"- "]) + lines[place] if rng.random() < 0.5 else lines[place][1:]
    )
    put(files, path, lines)


@mutation
def line_of_another_tree(rng, files, others):
    path, lines, place = change_lines(rng, files)
    line = rng.choice(others)
    indent = len(lines[place]) - len(lines[place].lstrip())
    lines.insert(place, b" " * indent + line.lstrip() if rng.random() < 0.7 else line)
    put(files, path, lines)


@mutation
def odd_line(rng, files, others):
    path, lines, place = change_lines(rng, files)
    indent = len(lines[place]) - len(lines[place].lstrip())
    lines.insert(place, b" " * indent + rng.choice(LINES))
    put(files, path, lines)


@mutation
def comment_behind(rng, files, others):
    path, lines, place = change_lines(rng, files)
    lines[place] += b"  " + rng.choice(
        [b"# lamina: ignore[unknown-field]", b"# lamina: ignore", "# é 🚀".encode()]
    )
    put(files, path, lines)


@mutation
def entry_added(rng, files, others):
    if path := kustomization(rng, files):
        files[path] = files[path].rstrip(b"\n") + b"\n" + rng.choice(ENTRIES) + b"\n"


@mutation
def entry_first(rng, files, others):
    if path := kustomization(rng, files):
        files[path] = rng.choice(ENTRIES) + b"\n" + files[path]


@mutation
def byte_changed(rng, files, others):
    path = rng.choice(sorted(files))
    data = files[path]
    at = rng.randrange(len(data) + 1)
    byte = rng.choice(
        [
            b"",
            b"\x00",
            b"\xff",
            b"\r",
            b"\t",
            b"'",
            b'"',
            b"{",
            b"[",
            b":",
            b"#",
            b"\xc2\x85",
            b"\xe2\x80\xa8",
            b"\xef\xbb\xbf",
        ]
    )
    files[path] = data[:at] + byte + data[at + rng.choice([0, 1]) :]


@mutation
def file_cut(rng, files, others):
    path = rng.choice(sorted(files))
    files[path] = files[path][: rng.randrange(len(files[path]) + 1)]


@mutation
def carriage_returns(rng, files, others):
    path = rng.choice(sorted(files))
    files[path] = files[path].replace(b"\n", rng.choice([b"\r\n", b"\r\n", b"\r"]))


@mutation
def mark_in_front(rng, files, others):
    path = rng.choice(sorted(files))
    files[path] = "\ufeff".encode() + files[path]


@mutation
def file_repeated(rng, files, others):
    """Puts the documents of a file behind those of another one, with or without the same objects."""
    path, other = rng.choice(sorted(files)), rng.choice(sorted(files))
    files[path] = files[path] + b"\n---\n" + files[other]


@mutation
def flow_style(rng, files, others):
    """Writes two lines of one mapping as one line in braces, with wide characters in front."""
    path, lines, place = change_lines(rng, files)
    if place + 1 < len(lines) and KEY.match(lines[place]) and KEY.match(lines[place + 1]):
        before, key, after = KEY.match(lines[place]).groups()
        if after == b":":
            inner = lines[place + 1].strip()
            wide = rng.choice([b"", "é: ü, ".encode(), "🚀: 1, ".encode()])
            lines[place : place + 2] = [before + key + b": {" + wide + inner + b"}"]
            put(files, path, lines)


@mutation
def values_swapped(rng, files, others):
    one, other = change_lines(rng, files, VALUE), change_lines(rng, files, VALUE)
    if one and other and one[0] == other[0]:
        path, lines, first = one
        second = other[2]
        (a, x), (b, y) = VALUE.match(lines[first]).groups(), VALUE.match(lines[second]).groups()
        lines[first], lines[second] = a + y, b + x
        put(files, path, lines)
