"""Random objects and strategic merge patches for `compare-merges`.

`files.make_files` makes the files of a seed from these modules:

- `value_types`: the types that describe objects
- `kinds`: the fields of each kind, as types
- `maker`: makes values and objects of the types
- `writer`: YAML in random styles
"""
