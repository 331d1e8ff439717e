extension Rule {
  /// Reads the address only; whether a word is a branch or a tag, nobody asks the server.
  static let unpinnedRemote = Rule(
    .unpinnedRemote, .lint, askedOnceFor: .file,
    summary: "a remote resource may change with each build",
    page: """
      Without a `ref`, or with that of a branch, two builds of the same files may differ. Name a commit or a tag.

          resources:
          - https://github.com/example/shop//deploy?ref=main   # ?ref=v1.4.0
      """
  ) { inspection in
    for layer in inspection.build.layers {
      let kustomization = layer.kustomization
      let entries =
        kustomization.resources + kustomization.components + kustomization.generators
        + kustomization.transformers + kustomization.validators + kustomization.crds
        + kustomization.configurations
      for entry in entries where !Tree.isSubstituted(entry.text) {
        guard let ref = UnpinnedRef(entry.text) else { continue }
        inspection.report(.unpinnedRemote(entry, ref), .lint)
      }
    }
  }
}

/// The ref of an address that does not name one state of the repository.
private struct UnpinnedRef {
  /// Empty where the address has none.
  let text: String

  private static let moving = ["main", "master", "HEAD", "latest"]

  /// Nil for a path, and for an address that names one state.
  init?(_ address: String) {
    if let ref = Self.refInPath(of: address) {
      guard let ref = ref.first else { return nil }
      text = String(ref)
      return
    }
    guard let address = try? RepositoryAddress(address), !address.isFile else { return nil }
    let isMoving =
      address.ref.isEmpty || Self.moving.contains(address.ref)
      || address.ref.begins(with: "refs/heads/")
    if !isMoving { return nil }
    text = address.ref
  }

  /// The parts that name a moving state in the URL of a file; nil for other addresses.
  private static func refInPath(of address: String) -> [Substring]? {
    guard RemoteFile.isURL(address), !address.contains("?ref="),
      [".yaml", ".yml", ".json"].contains(where: address.ends(with:))
    else { return nil }
    return address.parts(at: "/").filter { moving.contains(String($0)) }
  }
}

extension Problem {
  fileprivate static func unpinnedRemote(
    _ entry: Kustomization.Entry, _ ref: UnpinnedRef
  ) -> Problem {
    let message =
      ref.text.isEmpty
      ? "the remote has no ref, and so is the newest of its default branch"
      : "\"\(ref.text)\" may mean something else with each build"
    return Problem(
      .unpinnedRemote, message, at: entry.position, hint: "name a commit or a tag")
  }
}
