/// The files of a repository as the caller of `lint` lists them, for rules that judge what no build reads.
package struct RepositoryListing: Sendable {
  /// The canonical paths of all kustomization files.
  package let kustomizations: [String]
  /// The canonical paths of the YAML files that lie in the directories of kustomizations.
  package let besides: [String]

  /// Sorts the files of directories.
  ///
  /// - Parameter files: canonical paths, of which those are taken that lie beside a kustomization file.
  package init(_ files: [String]) {
    let isKustomization = KustomizationFile.isOne
    kustomizations = files.filter(isKustomization)
    let directories = Set(texts: kustomizations.map(Path.directory))
    besides = files.filter { path in
      !isKustomization(path) && directories.contains(Path.directory(path))
        && [".yaml", ".yml"].contains { path.ends(with: $0) }
    }
  }
}
