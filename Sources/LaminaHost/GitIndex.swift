import Lamina

#if canImport(Glibc)
  private import Glibc
#elseif canImport(Musl)
  private import Musl
#elseif canImport(Darwin)
  private import Darwin
#endif

/// What git's index says of a working tree beside the files themselves, as `git ls-files -v --stage` prints it.
struct GitIndex {
  /// Files that git was told not to look at: what it says of their bytes is no more than a promise.
  ///
  /// By their canonical paths.
  private(set) var unwatched: [Unwatched] = []
  private(set) var submodules: [Submodule] = []
  /// There are files that git does not know of and is not told to ignore.
  private(set) var hasUnknownFiles = false

  struct Unwatched {
    let path: String
    /// The file may be missing: a sparse checkout leaves it out (`--skip-worktree`). The other kind of files
    /// is only not looked at (`--assume-unchanged`).
    let mayBeLeftOut: Bool
  }

  struct Submodule {
    let path: String
    let commit: String
  }

  /// Reads records such as `H 100644 ID 0<tab>path` and, of files that are not known, `? path`, each
  /// with a null byte behind it.
  ///
  /// Most records are of ordinary files that git looks at, and are passed over after five bytes.
  ///
  /// - Parameter top: the path of the directory that paths begin from.
  init?(_ listing: [UInt8], below top: String) {
    let ordinary = Array("H 100".utf8)
    var rest = listing[...]
    while let end = rest.firstIndex(of: 0) {
      let record = rest[..<end]
      rest = rest[(end + 1)...]
      if record.starts(with: ordinary) { continue }
      if record.starts(with: "? ".utf8) {
        hasUnknownFiles = true
        continue
      }
      guard let tab = record.firstIndex(of: UInt8(ascii: "\t")) else { return nil }
      let fields = record[..<tab].split(separator: UInt8(ascii: " "))
      guard fields.count == 4, let tag = fields[0].first else { return nil }
      let name = String(decoding: record[(tab + 1)...], as: UTF8.self)
      let path = top == "/" ? "/\(name)" : "\(top)/\(name)"
      if fields[1].elementsEqual("160000".utf8) {
        submodules.append(Submodule(path: path, commit: String(decoding: fields[2], as: UTF8.self)))
      } else if tag == UInt8(ascii: "S") {
        unwatched.append(Unwatched(path: path, mayBeLeftOut: true))
      } else if tag >= UInt8(ascii: "a") {
        // Of two promises the letter in lower case says that both were made.
        unwatched.append(Unwatched(path: path, mayBeLeftOut: tag == UInt8(ascii: "s")))
      }
    }
  }

  /// The files that git does not look at and that may differ from what it takes them for.
  ///
  /// - Parameter isSparse: whether a missing file was left out by a sparse checkout; asked at most once.
  func mayHaveChanged(isSparse: () -> Bool) -> [String] {
    var sparse: Bool?
    // Of a directory that is not there, no file is looked for.
    var absent: String?
    return unwatched.compactMap { file in
      guard file.mayBeLeftOut else { return file.path }
      let isKnown = absent.map { Path.isInside(file.path, directory: $0) } == true
      if !isKnown {
        if Self.isThere(file.path) { return file.path }
        absent = Self.absentDirectory(above: file.path)
      }
      let isLeftOut = sparse ?? isSparse()
      sparse = isLeftOut
      return isLeftOut ? nil : file.path
    }
  }

  /// The topmost directory on the way to a missing file that is missing as well.
  private static func absentDirectory(above path: String) -> String? {
    var found: String?
    var directory = Path.directory(path)
    while directory != "/", !isThere(directory) {
      found = directory
      directory = Path.directory(directory)
    }
    return found
  }

  /// Whether something has a path; a link is there wherever it leads.
  private static func isThere(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0
  }
}
