"""`configMapGenerator`, `secretGenerator` and `generatorOptions`."""

from ..words import NAMESPACES, WORDS


def generator_options(tree, layer):
    options = {}
    if tree.chance(0.5):
        options["labels"] = tree.label_map()
    if tree.chance(0.4):
        options["annotations"] = tree.text_map()
    if tree.chance(0.3):
        options["disableNameSuffixHash"] = True
    if tree.chance(0.3):
        options["immutable"] = tree.chance(0.8)
    return options or None


def generator_arguments(tree, layer, of):
    """An entry of a generator of the kind `of`; at times it merges into one from a lower layer."""
    known = layer.generated.setdefault(of, [])
    if known and tree.chance(0.35):
        entry = {"name": tree.choose(known), "behavior": tree.choose(["merge", "replace"])}
    else:
        entry = {"name": tree.new_name(of)}
        known.append(entry["name"])
    keys = [tree.choose(WORDS) + str(i) for i in range(6)]
    if tree.chance(0.8):
        entry["literals"] = [f"{keys[i]}={tree.text()}" for i in range(tree.rng.randrange(1, 4))]
    if tree.chance(0.3):
        path = layer.add_file("file", file_bytes(tree), "txt")
        entry["files"] = [path if tree.chance(0.5) else f"{keys[4]}={path}"]
    if tree.chance(0.2):
        path = layer.add_file("file", env_bytes(tree), "env")
        if tree.chance(0.8):
            entry["envs"] = [path]
        else:
            entry["env"] = path
    if tree.chance(0.2):
        options = generator_options(tree, layer)
        if options:
            entry["options"] = options
    if tree.chance(0.04):
        entry["namespace"] = tree.choose(NAMESPACES)
    return entry


def file_bytes(tree):
    """The content of a file, at times not UTF-8."""
    if tree.chance(0.15):
        return bytes(tree.rng.randrange(256) for _ in range(tree.rng.randrange(1, 120)))
    pieces = range(tree.rng.randrange(1, 8))
    text = "".join(tree.text() + tree.choose(["", " ", "\n"]) for _ in pieces)
    return text.encode("utf-8")


def env_bytes(tree):
    """The content of an env file."""
    lines = []
    for position in range(tree.rng.randrange(1, 5)):
        text = tree.text().replace("\n", " ").replace("\r", " ")
        lines.append(tree.choose([f"E{position}={text}", "# comment", "", f"  F{position}={text}"]))
    return "\n".join(lines).encode("utf-8")


def config_map_generator(tree, layer):
    count = tree.rng.randrange(1, 3)
    return [generator_arguments(tree, layer, "ConfigMap") for _ in range(count)]


def secret_generator(tree, layer):
    entry = generator_arguments(tree, layer, "Secret")
    if tree.chance(0.3):
        entry["type"] = tree.choose(["kubernetes.io/tls", "custom", "Opaque"])
    return [entry]
