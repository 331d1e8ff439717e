"""Makes the files of a seed: a kustomization, its objects and its patches."""

import random

from .kinds import KINDS
from .maker import Maker
from .writer import Writer


def make_files(seed):
    """Returns (how careful the seed is, {path: bytes})."""
    rng = random.Random(seed)
    care = rng.choices(["tame", "careless", "wild"], [5, 3, 2])[0]
    make = Maker(rng, care)
    count = rng.randint(1, 4) if care != "wild" else 1
    objects, types = [], []
    for number_ in range(count):
        type_ = make.choose(KINDS)
        thing = make.object(type_)
        thing["metadata"]["name"] = f"o{number_}"
        objects.append(thing)
        types.append(type_)
    make.in_patch = True
    files = {"res.yaml": objects}
    for name in ["patch.yaml", "patch2.yaml", "patch3.yaml"][
        : rng.choices([1, 2, 3], [6, 3, 1])[0]
    ]:
        patches = []
        for number_, type_ in enumerate(types):
            if make.chance(0.8):
                patch = make.object(type_)
                patch["metadata"]["name"] = f"o{number_}"
                if make.chance(0.02):
                    patch["$patch"] = make.choose(["delete", "replace", "merge"])
                patches.append(patch)
        if patches:
            files[name] = patches
    texts = {
        name: "---\n".join(Writer(rng).document(thing) for thing in things)
        for name, things in files.items()
    }
    lines = ["resources:", "- res.yaml"]
    if len(texts) > 1:
        lines += ["patches:"] + [f"- path: {name}" for name in texts if name != "res.yaml"]
    texts["kustomization.yaml"] = "\n".join(lines) + "\n"
    return care, {path: content.encode() for path, content in texts.items()}
