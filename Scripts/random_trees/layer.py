"""One kustomization of a tree, with its files."""

import dataclasses


@dataclasses.dataclass
class Layer:
    """A kustomization and the files in its directory."""

    folder: str
    kustomization: dict
    files: dict  # path below the folder -> bytes
    resources: list  # the documents in `files`, for fields that select or patch resources
    generated: dict  # kind -> names that this layer or a layer below generates

    def add_file(self, stem, data, extension="yaml"):
        """Adds a file under a new name, and returns its path below the folder."""
        path = f"{stem}{len(self.files)}.{extension}"
        self.files[path] = data
        return path


def relative(folder, target):
    """The path from a layer's folder to another layer's; all layers are siblings."""
    return f"../{target}"
