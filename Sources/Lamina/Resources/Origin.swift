/// Where a resource came from, or who changed it: what `buildMetadata` has printed
/// (resource/origin.go).
struct Origin: Sendable, Equatable {
  /// The path of the resource's file, from the directory that is rendered, or from the top of the
  /// repository.
  var path = ""
  /// The repository that holds the file, and the reference in it; empty for files on this machine.
  var repo = ""
  var ref = ""
  /// The file that asks for the generator or transformer.
  var configuredIn = ""
  var configuredBy: Configurer?
  /// The text of an annotation that a patch has written, which is printed as it is.
  var written: String?

  /// The generator or transformer itself; a field of a kustomization is a `builtin` one.
  struct Configurer: Sendable, Equatable {
    var apiVersion = "builtin"
    var kind = ""
    var name = ""
    var namespace = ""
  }

  /// The origin of what a kustomization of this origin calls `path`.
  ///
  /// At the address of a repository a new origin begins. kustomize makes its path by cutting off the
  /// name that it has for clones that are not there yet, and keeps that name at the top.
  func appending(_ path: String) -> Origin {
    var result = self
    guard let address = try? RepositoryAddress(path) else {
      result.path = self.path.isEmpty ? Path.clean(path) : Path.join(self.path, path)
      return result
    }
    result.repo = address.repository
    result.ref = address.ref
    let inside = Path.join("/", address.path).dropFirst()
    result.path = inside.isEmpty ? "notCloned" : String(inside)
    return result
  }

  /// The origin of what a generator or transformer does whose own origin this is.
  func configured(by configurer: Configurer) -> Origin {
    Origin(repo: repo, ref: ref, configuredIn: path, configuredBy: configurer)
  }
}

/// An origin by its place in the table of the build: thousands of resources share a few.
struct OriginID: Sendable, Hashable {
  fileprivate let place: Int32
}

/// The origins of one build.
struct OriginTable: Sendable {
  private(set) var all: [Origin] = []

  subscript(id: OriginID) -> Origin { all[Int(id.place)] }

  mutating func add(_ origin: Origin) -> OriginID {
    all.append(origin)
    return OriginID(place: Int32(all.count - 1))
  }
}
