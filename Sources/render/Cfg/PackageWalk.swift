import Lamina
import LaminaEditing
import LaminaHost

/// The files of a package, in the order in which kyaml reads them: of a directory by their names, and what is
/// in a directory where its own name stands. Links to directories are not followed.
enum PackageWalk {
  /// Paths from the directory.
  ///
  /// - Parameters:
  ///   - directory: a canonical path.
  ///   - suffixes: what names of files end with.
  ///   - isRecursive: also those of packages in the directory, which have a file `Krmfile`.
  static func files(
    in directory: String, suffixes: [String], isRecursive: Bool = true
  ) -> [String] {
    let prefix = directory.ends(with: "/") ? directory : directory + "/"
    let ignored = IgnoredFiles(of: directory)
    let packages = isRecursive ? [] : self.packages(below: directory).map { $0 + "/" }
    return DirectorySearch.files(below: directory).map { String($0.dropFirst(prefix.count)) }
      .filter { path in
        suffixes.contains { path.ends(with: $0) } && !ignored.contain(path)
          && !packages.contains { path.begins(with: $0) }
      }
      .map { path in (path: path, parts: path.parts(at: "/").map { Array($0.utf8) }) }
      .sorted { first, second in
        first.parts.lexicographicallyPrecedes(second.parts) { $0.lexicographicallyPrecedes($1) }
      }
      .map(\.path)
  }

  /// The directories with a file `Krmfile` below this one.
  static func packages(below directory: String) -> [String] {
    let prefix = directory.ends(with: "/") ? directory : directory + "/"
    return DirectorySearch.directories(below: directory, holding: ["Krmfile"])
      .filter { $0 != directory }.map { String($0.dropFirst(prefix.count)) }
  }
}

/// What the file `.krmignore` of a package keeps from being read: patterns as of a `.gitignore`, without `**`.
/// A pattern that begins with `!` wins over all others.
///
/// Source: kyaml/kio/ignorefilesmatcher.go, which leaves the patterns to monochromegane/go-gitignore.
private struct IgnoredFiles {
  private struct Rule {
    let pattern: FilePattern
    let isAccepting: Bool
    /// Begins with a slash, or has one inside: then it is about this many parts of a path.
    let isAnchored: Bool
    let parts: Int
    let isForDirectories: Bool
  }

  private var rules: [Rule] = []

  init(of directory: String) {
    guard let bytes = try? DiskFileSystem().read(Path.join(directory, ".krmignore")) else { return }
    for line in String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline) {
      var text = Substring(line.unicodeScalars.drop { $0 == " " })
      while text.ends(with: " ") { text.unicodeScalars.removeLast() }
      if text.isEmpty || text.begins(with: "#") { continue }
      if text.begins(with: "\\#") { text = text.dropFirst() }
      let isAccepting = text.begins(with: "!")
      if isAccepting { text = text.dropFirst() }
      let isAnchored = text.begins(with: "/")
      let isForDirectories = text.ends(with: "/")
      let parts = text.parts(at: "/")
      guard let pattern = FilePattern(parts.joined(separator: "/")), !parts.isEmpty else {
        continue
      }
      rules.append(
        Rule(
          pattern: pattern, isAccepting: isAccepting, isAnchored: isAnchored, parts: parts.count,
          isForDirectories: isForDirectories))
    }
  }

  /// Whether a file, or a directory above it, is to be passed over.
  func contain(_ path: String) -> Bool {
    if rules.isEmpty { return false }
    let parts = path.parts(at: "/")
    return parts.indices.contains { end in
      let isDirectory = end < parts.count - 1
      let matching = rules.filter { matches($0, parts[...end], isDirectory) }
      return !matching.isEmpty && !matching.contains(where: \.isAccepting)
    }
  }

  private func matches(_ rule: Rule, _ parts: ArraySlice<Substring>, _ isDirectory: Bool) -> Bool {
    if rule.isForDirectories, !isDirectory { return false }
    let compared = rule.isAnchored ? parts : parts.suffix(rule.parts)
    return rule.pattern.matches(compared.joined(separator: "/"))
  }
}
