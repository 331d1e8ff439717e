"""Mutations of kustomizations for `mutate-lint`.

- `trees`: the trees to begin with
- `mutations`: changes of one tree
- `judge`: what must hold for the findings
"""
