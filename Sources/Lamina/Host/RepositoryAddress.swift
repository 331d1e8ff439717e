/// The address of a directory in a git repository, taken apart as kustomize does.
///
///     https://github.com/org/repo//overlays/test?ref=v1
///
/// names the repository `https://github.com/org/repo`, in it the directory `overlays/test`, and of its
/// history the ref `v1`. Whatever cannot be taken apart is no such address: that is how kustomize tells
/// repositories from directories (internal/git/repospec.go `NewRepoSpecFromURL`).
public struct RepositoryAddress: Sendable, Hashable {
  /// The address as it was written.
  public let text: String
  /// The repository as git is told of it: a URL, or `user@host:path`.
  public let repository: String
  /// The directory in the repository, empty for its top.
  public let path: String
  /// A branch, a tag or a commit; empty where the repository decides.
  public let ref: String
  /// The repository's own submodules are wanted as well.
  public let wantsSubmodules: Bool
  /// How many seconds each call of git may take.
  public let timeLimit: Double

  /// The time limit of an address that says nothing of it.
  package static let usualTimeLimit = Double(RepositoryQuery.usualTimeLimit) / 1e9

  /// Why a text is no address.
  public enum Flaw: Error, Sendable, Equatable {
    /// It is a path that begins with `/`.
    case absolutePath
    /// Neither a scheme such as `https://` nor `user@host:` stands before the path.
    case noScheme
    /// There is no host between scheme and path.
    case noHost
    /// There is no path, or it ends before the repository does.
    case noRepository
    /// The path leads out of the repository.
    case leavesRepository
  }

  /// Takes an address apart.
  ///
  /// - Throws: a `Flaw` for every text that is no address of a repository.
  public init(_ text: String) throws(Flaw) {
    if text.utf8.first == UInt8(ascii: "/") { throw .absolutePath }
    let mark = text.utf8.firstIndex(of: UInt8(ascii: "?")) ?? text.utf8.endIndex
    let query = RepositoryQuery(text[mark...].utf8.dropFirst())
    let host = try RepositoryHost(text[..<mark].utf8)
    let parts = try Self.split(host.rest, takesAll: host.isFile)
    self.text = text
    repository = host.text + parts.repository
    path = parts.path
    ref = query.ref
    wantsSubmodules = query.wantsSubmodules
    timeLimit = Double(query.timeLimit) / 1e9
  }

  /// The rest is read from the text.
  public static func == (one: RepositoryAddress, other: RepositoryAddress) -> Bool {
    one.text.hasBytes(of: other.text)
  }

  public func hash(into hasher: inout Hasher) { hasher.combine(ByteText(text)) }

  /// The repository lies in a file system of this machine.
  public var isFile: Bool { repository.utf8.starts(with: RepositoryHost.fileScheme.utf8) }

  /// Cuts the path of the repository from the path in it.
  ///
  /// Marks in the text are looked for first; without one, a repository's path has two parts, as on
  /// GitHub, and one on this machine has all of them.
  private static func split(
    _ text: Substring.UTF8View, takesAll: Bool
  ) throws(Flaw) -> (repository: String, path: String) {
    guard let cut = markedCut(text) ?? (takesAll ? (text.endIndex, 0) : secondSlash(text)),
      cut.end > text.startIndex
    else { throw .noRepository }
    let path = text[cut.end...].dropFirst(cut.markLength)
    let relative = path.first == slash ? path.dropFirst() : path
    if leavesRepository(relative) { throw .leavesRepository }
    return (String(Substring(text[..<cut.end])), String(Substring(relative)))
  }

  /// The end of the repository's path, and the length of the separator behind it.
  private typealias Cut = (end: Substring.UTF8View.Index, markLength: Int)

  /// `_git/` of Azure stands one part before the repository's end, `//` is a mark of its own, and
  /// `.git` belongs to the repository.
  private static func markedCut(_ text: Substring.UTF8View) -> Cut? {
    if let azure = text.range(of: "_git/") {
      let end = text[azure.upperBound...].firstIndex(of: slash) ?? text.endIndex
      return (end, 1)
    }
    if let mark = text.range(of: "//") { return (mark.lowerBound, 2) }
    return text.range(of: ".git").map { ($0.upperBound, 0) }
  }

  private static func secondSlash(_ text: Substring.UTF8View) -> Cut? {
    guard let first = text.firstIndex(of: slash) else { return nil }
    return (text[first...].dropFirst().firstIndex(of: slash) ?? text.endIndex, 1)
  }

  /// Whether `..` leads above the top. From `/` there is nothing above.
  private static func leavesRepository(_ path: Substring.UTF8View) -> Bool {
    var depth = 0
    let isAbsolute = path.first == slash
    for part in path.split(separator: slash) where !part.elementsEqual(".".utf8) {
      guard part.elementsEqual("..".utf8) else {
        depth += 1
        continue
      }
      depth -= 1
      if depth < 0 {
        if !isAbsolute { return true }
        depth = 0
      }
    }
    return false
  }

  private static let slash = UInt8(ascii: "/")
}

extension Substring.UTF8View {
  /// The first place where a text stands in this one.
  fileprivate func range(of text: String) -> Range<Index>? {
    var rest = self
    while rest.count >= text.utf8.count {
      if rest.starts(with: text.utf8) {
        return rest.startIndex..<rest.index(rest.startIndex, offsetBy: text.utf8.count)
      }
      rest.removeFirst()
    }
    return nil
  }
}
