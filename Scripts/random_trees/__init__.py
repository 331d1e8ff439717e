"""Random trees of kustomizations for `compare-random`.

`tree.Tree` makes the layers of a seed from these modules:

- `words`: the words, texts and scalars
- `kinds` and `pods`: resources
- `fields`: the fields of a kustomization
- `mistakes`: changes that make a tree fail to build
- `yaml_writer`: YAML in random styles

`twists` then changes the files as text.
"""
