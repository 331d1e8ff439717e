/// The repository that a layer was read from.
struct RemoteSource: Sendable {
  /// As an entry writes it.
  let address: RepositoryAddress
  /// The files, which are gone when the build ends.
  let checkout: Checkout
  /// Tells apart the ways on which one checkout is reached: kustomize clones anew for each, and so
  /// never takes the directories of one for those of another.
  let visit: Int

  /// Where the address leads, in the checkout.
  var directory: String { Path.join(checkout.directory, address.path) }

  /// How messages call a path of the repository: the last part is that of the path.
  func displayPath(_ path: String) -> String {
    let repository =
      address.ref.isEmpty ? address.repository : "\(address.repository)?ref=\(address.ref)"
    return path == "." ? repository : "\(repository)//\(path)"
  }
}
