import Lamina
import LaminaHost

/// Finds the roots that the arguments of a call name, each with its two sides.
struct DiffRoots {
  private var states: DiffStates
  /// Where the files of the two sides are in git.
  private(set) var sources: (old: FileSource?, new: FileSource?)
  /// What changed since a revision, where all roots below a directory are compared with it.
  private(set) var changedFiles: ChangedFiles?

  /// Where roots lie, at a revision as well; nil is anywhere.
  private let territory: String?

  init(_ invocation: Invocation) {
    states = DiffStates(invocation)
    territory = invocation.territory
  }

  /// To be called when the roots are no longer needed.
  func release() { states.release() }

  // MARK: - Two sides

  /// Two states of one root.
  mutating func pair(_ old: String, _ new: String) throws -> [DiffRoot] {
    let (oldSource, newSource) = (DiffSource(old), DiffSource(new))
    let name = AddressUser.masked(newSource.name ?? oldSource.name ?? old)
    sources = (try FileSource(oldSource, &states), try FileSource(newSource, &states))
    return [
      DiffRoot(
        name: name, old: try input(oldSource, old), new: try input(newSource, new))
    ]
  }

  private mutating func input(_ source: DiffSource, _ words: String) throws -> DiffInput {
    switch source {
    case .standardInput:
      return DiffInput(label: "standard input", content: .manifest(try StandardInput.readAll()))
    case .path(let path):
      return try input(Invocation.path(of: path), words, source, in: states.present)
    case .revision(let name, let path):
      let (state, path) = try states.revision(name, path: path)
      return try input(path, words, source, in: state)
    }
  }

  /// What is not there is rendered all the same: it may be an address, or says itself what is wrong with it. A mistyped
  /// name is no side, and there is nothing to report.
  private func input(
    _ path: String, _ words: String, _ source: DiffSource, in state: DiffStates.State
  ) throws -> DiffInput {
    let (prefix, display) = source.display(words)
    var content = try state.content(at: path, displayPath: display, prefix: prefix)
    if case .absent = content {
      let path = state.location(of: path)
      content = state.directory(path, displayPath: display, prefix: prefix)
      if (try? RepositoryAddress(words)) == nil {
        _ = try state.renderer.writing(prefix).render(path, displayPath: display)
      }
    }
    return DiffInput(label: AddressUser.masked(words), content: content)
  }

  // MARK: - Two trees

  /// Roots that have the same path in two trees.
  mutating func trees(_ old: String, _ new: String) throws -> [DiffRoot] {
    sources = (try FileSource(DiffSource(old), &states), try FileSource(DiffSource(new), &states))
    let (old, new) = (try tree(old), try tree(new))
    let isOneTree =
      old.path.hasBytes(of: new.path) && old.state.revision != nil && new.state.checkout == nil
    return try union(of: old, and: new).map { path in
      DiffRoot(
        name: path, old: try input(path, in: old), new: try input(path, in: new),
        past: isOneTree ? old.state.files : nil, path: Path.join(new.path, path))
    }
  }

  private struct Tree {
    let words: String
    var prefix = ""
    let path: String
    let state: DiffStates.State
  }

  private mutating func tree(_ words: String) throws -> Tree {
    let tree: Tree
    let source = DiffSource(words)
    switch source {
    case .standardInput: throw DiffFailure("--all takes directories, not standard input")
    case .path(let words):
      tree = Tree(words: words, path: Invocation.path(of: words), state: states.present)
    case .revision(let name, let path):
      let (state, path) = try states.revision(name, path: path)
      let (prefix, display) = source.display(words)
      tree = Tree(words: display, prefix: prefix, path: path, state: state)
    }
    guard tree.state.directoryFound(at: tree.path) != nil else {
      throw DiffFailure("\(words) is not a directory")
    }
    return tree
  }

  private func input(_ path: String, in tree: Tree) throws -> DiffInput {
    let words = path == "." ? tree.words : "\(tree.words)/\(path)"
    let content = try tree.state.content(
      at: Path.join(tree.path, path), displayPath: words, prefix: tree.prefix)
    return DiffInput(label: tree.prefix + words, content: content)
  }

  /// The paths of the roots of either tree: first those of the new one.
  private func union(of old: Tree, and new: Tree) throws -> [String] {
    let paths = try new.state.roots(below: new.path)
    var all = paths
    if !(old.state.isPresent && new.state.isOnDisk && old.path.hasBytes(of: new.path)) {
      let known = Set(texts: paths)
      all += try old.state.roots(below: old.path).filter { !known.contains($0) }
    }
    if all.isEmpty {
      throw DiffFailure(
        "there is no kustomization below \(old.prefix)\(old.words) or \(new.prefix)\(new.words)")
    }
    return all
  }

  // MARK: - Since a revision

  /// Roots in the working tree, and at the merge base with a revision.
  mutating func named(_ names: [String], since base: String) throws -> [DiffRoot] {
    try names.map {
      let past = try past(of: $0, base)
      noteSources(past, base)
      return try root($0, path: Invocation.path(of: $0), past, base)
    }
  }

  /// All roots below a directory that are there or were there.
  mutating func below(_ directory: String, since base: String) throws -> [DiffRoot] {
    let past = try past(of: directory, base)
    noteSources(past, base)
    let path = Invocation.path(of: directory)
    changedFiles = past.commit.flatMap {
      ChangedFiles(
        past.revision ?? $0.repository.files(at: $0.id), below: path, checkout: past.checkout)
    }
    let (old, new) = (
      Tree(words: directory, path: path, state: past),
      Tree(words: directory, path: path, state: states.present)
    )
    return try union(of: old, and: new).map {
      try root(Path.join(directory, $0), path: Path.join(path, $0), past, base)
    }
  }

  private mutating func noteSources(_ past: DiffStates.State, _ base: String) {
    guard let commit = past.commit else { return }
    sources = (
      FileSource(commit.repository, prefix: "\(base):", commit: commit.id),
      FileSource(commit.repository, prefix: "", commit: try? commit.repository.commit("HEAD"))
    )
  }

  private mutating func past(of directory: String, _ base: String) throws -> DiffStates.State {
    guard !directory.isEmpty, (try? RepositoryAddress(directory)) == nil else {
      throw DiffFailure("--base takes directories of this machine, and \(directory) is none")
    }
    let repository = try GitRepository(containing: Invocation.path(of: directory))
    return try states.state(of: repository, at: try repository.mergeBase(with: base))
  }

  private func root(
    _ name: String, path: String, _ past: DiffStates.State, _ base: String
  ) throws -> DiffRoot {
    let name = Path.clean(name)
    if let territory, let found = past.directoryFound(at: path),
      !Path.isInside(found, directory: territory)
    {
      throw DiffFailure("\(name) led out of the workspace at the merge base with \(base)")
    }
    let old = try past.content(at: path, displayPath: name, prefix: "\(base):")
    let new = try states.present.content(at: path, displayPath: name)
    if case .absent = old, case .absent = new {
      let hint =
        OutputFile.isDirectory(name) ? "; --all compares all directories below that have one" : ""
      throw DiffFailure(
        "\(name) has no kustomization, and had none at the merge base with \(base)\(hint)")
    }
    return DiffRoot(
      name: name, old: DiffInput(label: "merge base with \(base)", content: old),
      new: DiffInput(label: "working tree", content: new),
      past: past.revision == nil ? nil : past.files, isUnchanged: past.isPresent,
      path: Path.clean(path))
  }
}
