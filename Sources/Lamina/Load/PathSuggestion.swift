/// Guesses which existing file or directory a path was meant to be.
///
///     overlays/prdo        overlays/prod
///     deployment           deployment.yaml
///     service.yml          service.yaml
///     service.yaml         base/service.yaml
///
/// Only a path that leads nowhere is looked at, so that directories may be listed.
struct PathSuggestion {
  enum Wanted {
    case file
    case directory
    case either
  }

  let fileSystem: any FileSystem
  let wanted: Wanted
  /// No path outside of this directory is suggested; nil where all may be.
  var inside: String?

  /// More names are not compared: the directory holds data.
  private static let mostNames = 5000
  /// More directories are not looked into.
  private static let mostDirectories = 100

  /// What to write instead.
  ///
  /// - Parameters:
  ///   - written: the path as the user wrote it.
  ///   - full: the same as an absolute, clean path.
  func nearest(to written: String, at full: String) -> String? {
    let parts = full.parts(at: "/").map { String($0) }
    var directory = "/"
    for (index, part) in parts.enumerated() {
      let next = Path.join(directory, part)
      if let found = try? fileSystem.resolve(next) {
        guard found.isDirectory else { return nil }
        directory = found.path
        continue
      }
      let rest = parts[(index + 1)...].joined(separator: "/")
      let name =
        name(like: part, with: rest, in: directory)
        ?? (rest.isEmpty ? place(of: part, below: directory) : nil)
      return name.flatMap { Self.replacing(part, by: $0, parts.count - index, in: written) }
    }
    return nil
  }

  /// What to write after a directory that is there.
  func kustomization(below directory: String) -> String? {
    let names = fileSystem.names(in: directory).sortedByBytes().prefix(Self.mostDirectories)
    return names.first { holdsKustomization(Path.join(directory, $0)) }
  }

  // MARK: - Names

  /// A name that is nearly the wanted one, and leads on to the rest of the path.
  private func name(like part: String, with rest: String, in directory: String) -> String? {
    var names = fileSystem.names(in: directory).filter {
      !$0.hasBytes(of: part) && !KustomizationFile.isName($0)
    }
    guard names.count <= Self.mostNames else { return nil }
    names.sort { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    // With another ending, or without one.
    let stem = Self.stem(part)
    let sameStem = names.filter {
      Self.stem($0).hasBytes(of: stem) && exists($0, rest, in: directory)
    }
    if sameStem.count == 1 { return sameStem.first }
    // A file is hardly meant to be a directory. Endings are the same too often to tell anything else.
    if stem.endIndex < part.endIndex { names.removeAll { Self.stem($0).hasBytes(of: $0) } }
    var stems = names.map { String(Self.stem($0)) }
    guard stem.utf8.count > 2 else { return nil }
    for _ in 0..<5 {
      guard let nearest = Suggestion.nearest(to: String(stem), among: stems) else { return nil }
      let same = names.filter {
        Self.stem($0).hasBytes(of: nearest) && exists($0, rest, in: directory)
      }
      let ending = part.utf8.dropFirst(stem.utf8.count)
      let found = same.first { $0.utf8.dropFirst(nearest.utf8.count).elementsEqual(ending) }
      if let name = found ?? same.first { return name }
      names.removeAll { Self.stem($0).hasBytes(of: nearest) }
      stems.removeAll { $0.hasBytes(of: nearest) }
    }
    return nil
  }

  /// The name without its ending.
  private static func stem(_ name: String) -> Substring {
    guard let cut = name.cut(atLast: "."), !cut.before.isEmpty else { return name[...] }
    return cut.before
  }

  /// The same name in a directory next to where it was looked for, or one above.
  private func place(of part: String, below directory: String) -> String? {
    let names = fileSystem.names(in: directory).sortedByBytes().prefix(Self.mostDirectories)
    if let name = names.first(where: { exists(Path.join(directory, "\($0)/\(part)"), as: wanted) })
    {
      return "\(name)/\(part)"
    }
    let above = Path.join(Path.directory(directory), part)
    return directory != "/" && exists(above, as: wanted) ? "../\(part)" : nil
  }

  private func exists(_ name: String, _ rest: String, in directory: String) -> Bool {
    exists(Path.join(directory, rest.isEmpty ? name : "\(name)/\(rest)"), as: wanted)
  }

  /// Whether a path leads to what is wanted, and may be suggested.
  private func exists(_ path: String, as wanted: Wanted) -> Bool {
    if let inside, !Path.isInside(path, directory: inside) { return false }
    guard let found = try? fileSystem.resolve(path) else { return false }
    switch wanted {
    case .file: return !found.isDirectory
    case .directory: return found.isDirectory
    // A directory without a kustomization would be the next mistake.
    case .either: return !found.isDirectory || holdsKustomization(found.path)
    }
  }

  private func holdsKustomization(_ directory: String) -> Bool {
    KustomizationFile.names.contains { exists(Path.join(directory, $0), as: .file) }
  }

  /// Puts a name in the place of a part, counted from the end, of a path as the user wrote it; nil where the
  /// path says the part in another way.
  private static func replacing(
    _ part: String, by name: String, _ place: Int, in written: String
  ) -> String? {
    var parts = written.parts(at: "/", omittingEmptySubsequences: false).map { String($0) }
    while parts.count > 1, parts.last?.isEmpty == true { parts.removeLast() }
    guard place <= parts.count, parts[parts.count - place].hasBytes(of: part) else { return nil }
    parts[parts.count - place] = name
    let path = parts.joined(separator: "/")
    return name.begins(with: "../") ? Path.clean(path) : path
  }
}
