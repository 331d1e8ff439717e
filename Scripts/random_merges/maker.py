"""Makes random values and objects."""

from .kinds import ANY_FIELDS, KINDS, METADATA
from .value_types import KEYS, Plain, flag, number, text

MERGE_KEYS = "name containerPort port mountPath devicePath uid ip topologyKey type".split()


class Maker:
    """Makes values of types. `care` decides how often they break the rules of their schema."""

    def __init__(self, rng, care):
        self.rng = rng
        self.care = care  # "tame", "careless" or "wild"
        self.in_patch = False  # patches have fewer fields, and directives
        self.depth = 0
        self.is_long = False  # whether the value is part of a list of 40 elements

    def chance(self, probability):
        return self.rng.random() < probability

    def careless(self, probability):
        """True with that probability in a careless or wild seed."""
        return self.care != "tame" and self.chance(probability)

    def wild(self, probability):
        """True with that probability in a wild seed."""
        return self.care == "wild" and self.chance(probability)

    def choose(self, choices):
        return self.rng.choice(list(choices))

    def some(self, choices):
        return [each for each in choices if self.chance(0.4)]

    def value(self, make):
        """A value of the type `make`; at times null, or of another type."""
        if getattr(make, "solid", False):
            return make(self)
        if self.wild(0.008):
            return self.choose([1, "x", {}, [], {"a": 1}, [1], [{"name": "a"}], None, [None], [{}]])
        if self.careless(0.02):
            return self.choose(
                [None, Plain("null"), Plain("~"), Plain("Null"), {}, [], Plain("!!null ''")][
                    : 4 if make in (text, number, flag) else 7
                ]
            )
        if self.in_patch and self.chance(0.05):
            return None
        return make(self)

    def mapping(self, fields, always=()):
        """A mapping with `always` and some of `fields`; the deeper it is, the fewer."""
        self.depth += 1
        share = 0.45 if self.in_patch else 0.5
        share -= 0.03 * self.depth
        result = {}
        for key, make in list(dict(always).items()) + list(fields.items()):
            present = not self.careless(0.04) if key in always else self.chance(max(share, 0.15))
            if present:
                result[key] = self.value(make)
        self.depth -= 1
        if self.careless(0.01):
            result[
                self.choose(
                    ["extra", "8080", "true", "null", "~"][: 5 if self.care == "wild" else 1]
                )
            ] = self.value(text)
        self.add_directive(result)
        return self.shuffled(result)

    def add_directive(self, result):
        """Adds a directive of strategic merge patches at times, mostly in patches."""
        share = {"tame": 0.015, "careless": 0.03, "wild": 0.04}[self.care]
        if self.chance(share if self.in_patch else share / 15):
            words = ["delete", "replace", "merge", "delete", "replace"]
            if self.wild(0.2):
                words = ["other", "", None, {}]
            result["$patch"] = self.choose(words)
        if self.in_patch and self.chance(0.01):
            key = self.choose(
                [
                    "$retainKeys",
                    "$setElementOrder/containers",
                    "$deleteFromPrimitiveList/finalizers",
                ]
            )
            result[key] = self.choose([["a"], [{"name": "a"}]])

    def shuffled(self, result):
        if self.chance(0.7):
            return result
        keys = list(result)
        self.rng.shuffle(keys)
        return {key: result[key] for key in keys}

    def sequence(self, element, most):
        """A list of up to `most` elements, or at times of 40."""
        if self.chance(0.03):
            return []
        count = self.rng.randint(1, most)
        was_long = self.is_long
        if self.chance(0.02):
            count = 40
            self.is_long = True
        result = [self.value(element) for _ in range(count)]
        self.is_long = was_long
        if not self.careless(0.15):
            result = self.distinct(result)
        if self.in_patch and self.chance(0.04):
            directive = {"$patch": self.choose(["replace", "delete", "merge"])}
            if self.wild(0.2):
                directive["x"] = 1
            result.insert(self.rng.randint(0, len(result)), directive)
        if self.wild(0.03):
            result.insert(
                self.rng.randint(0, len(result)), self.choose([{}, None, "x", [], ["x"], 1])
            )
        return result

    def distinct(self, elements):
        """The elements without those that repeat a merge key."""
        seen, result = set(), []
        for element in elements:
            mark = repr(element)
            if isinstance(element, dict):
                keys = [key for key in MERGE_KEYS if key in element]
                if keys:
                    second = [str(element.get(key)) for key in ("protocol", "whenUnsatisfiable")]
                    mark = repr((str(element[keys[0]]), second))
            if mark not in seen:
                seen.add(mark)
                result.append(element)
        return result

    def anything(self):
        """A mapping without a schema; a key mostly has the same type everywhere."""
        self.depth += 1
        result = {}
        for key in self.some(KEYS + ["containers"]) if self.depth < 6 else []:
            result[key] = self.value(ANY_FIELDS[key])
        self.depth -= 1
        return result

    def object(self, type_=None):
        """An object of some kind; the caller sets its `metadata.name`."""
        api, kind = type_ or self.choose(KINDS)
        result = {"apiVersion": api, "kind": kind}
        metadata = self.mapping(METADATA)
        metadata.pop("$patch", None)
        result["metadata"] = metadata
        share = 0.95 if type_ else 0.6
        for key, make in KINDS[(api, kind)].items():
            if self.chance(share):
                result[key] = self.value(make)
        return result
