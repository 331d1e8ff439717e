"""The types that random objects are described with.

A type is a function that takes a `Maker` and returns a value. The functions below
are types, or take types and return one: `several(text)` is a list of texts.
"""


class Plain(str):
    """A scalar in YAML syntax, written without quoting."""


NAMES = ["a", "b", "c", "web", "db"]
KEYS = ["a", "b", "c", "app", "tier"]
ODD = [
    Plain(text)
    for text in (
        "1 0 -3 2.50 1e3 0x1F 0644 0o17 1_000 12:30 true False yes off y N 2026-08-01 "
        "2026-08-01T10:00:00Z 'yes' 'true' \"5\" '' '~' 'null' !!str\\ 5 !!int\\ 7 !!binary\\ aGk= "
        "'2026-08-01' <<"
    )
    .replace("\\ ", "\0")
    .split()
]
ODD = [Plain(text.replace("\0", " ")) for text in ODD]


def words(*choices):
    """One of a few words, so that keys of objects and patches often match."""

    def make_word(make):
        word = make.choose(choices)
        if not make.is_long or isinstance(word, Plain) or make.chance(0.2):
            return word
        # Long lists need more keys than there are words.
        number_ = make.rng.randint(0, 40)
        return word + number_ if isinstance(word, int) else f"{word}{number_}"

    return make_word


def solid(make):
    """A type whose values are never null, since the reference fails at another place there."""
    result = lambda maker: make(maker)
    result.solid = True
    return result


def text(make):
    if make.chance(0.12):
        return make.choose(ODD)
    if make.chance(0.04):
        return make.choose(["one\ntwo\n", "one\ntwo", "a: b", "#x", " lead", "[x]", "{}", "- a"])
    return make.choose(["x", "y", "z", "some text", "nginx:1", "5", "true", "on"])


def number(make):
    return make.choose([0, 1, 2, 3, 8080, Plain("'4'"), Plain("50%"), Plain("0x10")])


def flag(make):
    return make.choose([True, False, Plain("yes"), Plain("'true'")])


def mapping(**fields):
    """A mapping with some of the fields."""
    return lambda make: make.mapping({key.rstrip("_"): value for key, value in fields.items()})


def named(types, **always):
    """A mapping with some of the fields in `types`, and those in `always` unless careless."""
    return lambda make: make.mapping(types, always)


def several(element, most=4):
    """A list of elements."""
    return lambda make: make.sequence(element, most)


def pairs(value=text):
    """A mapping with arbitrary keys and values of one type."""
    return lambda make: {key: make.value(value) for key in make.some(KEYS)}


def named_element(**fields):
    """An element of a list with the merge key `name`."""
    return lambda make: make.mapping(fields, {"name": words(*NAMES)})


def keyed_element(key, key_type, **fields):
    """An element of a list with the merge key `key`."""
    return lambda make: make.mapping(fields, {key: key_type})
