/// The front of a repository's address: scheme, user and host, up to the path.
///
/// Source: internal/git/repospec.go `extractHost`.
struct RepositoryHost {
  /// The front in the form that git is told.
  let text: String
  /// What follows.
  let rest: Substring.UTF8View
  /// The repository lies on this machine, and all that follows the scheme is a path.
  let isFile: Bool

  static let fileScheme = "file://"
  private static let secureShell = "ssh://"
  private static let schemes = [secureShell, "https://", "http://", fileScheme]
  /// A prefix of former days, which says no more than that this is a repository.
  private static let forcedGit = "git::"

  /// Without a scheme there must be a user (`git@host:…`) or GitHub's own name. `git::` in front
  /// says nothing.
  init(_ address: Substring.UTF8View) throws(RepositoryAddress.Flaw) {
    var rest = address
    _ = rest.take(Self.forcedGit)
    let scheme = Self.schemes.first { rest.take($0) } ?? ""
    isFile = scheme == Self.fileScheme
    if isFile {
      text = scheme
      self.rest = rest
      return
    }
    let user = Self.takeUser(&rest)
    let isGitHub = Self.isGitHub(rest)
    let isShort = scheme.isEmpty
    if isShort, user.isEmpty, !isGitHub { throw .noScheme }
    var host = rest
    if let end = Self.end(of: rest, mayBeColon: isShort) {
      host = rest[...end]
      self.rest = rest[end...].dropFirst()
    } else {
      self.rest = rest[rest.endIndex...]
    }
    if isGitHub {
      text = Self.gitHub(scheme: scheme, user: user)
    } else if host.isEmpty {
      throw .noHost
    } else {
      text = scheme + user + String(Substring(host))
    }
  }

  /// Takes a user's name and its `@` from the front.
  private static func takeUser(_ rest: inout Substring.UTF8View) -> String {
    guard let at = rest.firstIndex(of: UInt8(ascii: "@")), let first = rest.first,
      isLetter(first),
      rest[..<at].allSatisfy({ isLetter($0) || $0 >= 0x30 && $0 <= 0x39 || $0 == 0x2d })
    else { return "" }
    let user = String(Substring(rest[...at]))
    rest = rest[at...].dropFirst()
    return user
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    byte | 0x20 >= UInt8(ascii: "a") && byte | 0x20 <= UInt8(ascii: "z")
  }

  private static func isGitHub(_ text: Substring.UTF8View) -> Bool {
    text.startsIgnoringCase(with: "github.com/") || text.startsIgnoringCase(with: "github.com:")
  }

  /// GitHub's addresses are put into one of two forms, whatever their scheme was.
  private static func gitHub(scheme: String, user: String) -> String {
    scheme == secureShell || !user.isEmpty ? "\(user)github.com:" : "https://github.com/"
  }

  /// The `/` that ends the host; in short forms a `:` before it does so as well.
  private static func end(
    of text: Substring.UTF8View, mayBeColon: Bool
  ) -> Substring.UTF8View.Index? {
    let slash = text.firstIndex(of: UInt8(ascii: "/"))
    guard mayBeColon, let colon = text.firstIndex(of: UInt8(ascii: ":")) else { return slash }
    guard let slash else { return colon }
    return colon > text.startIndex && colon < slash ? colon : slash
  }
}

extension Substring.UTF8View {
  /// Whether this begins with a text in small letters, in letters of either size.
  func startsIgnoringCase(with text: String) -> Bool {
    var rest = self
    for wanted in text.utf8 {
      guard let own = rest.popFirst(),
        own == wanted || own >= 0x41 && own <= 0x5a && own | 0x20 == wanted
      else { return false }
    }
    return true
  }

  /// Takes a text in small letters from the front, if this begins with it in letters of either size.
  fileprivate mutating func take(_ text: String) -> Bool {
    guard startsIgnoringCase(with: text) else { return false }
    removeFirst(text.utf8.count)
    return true
  }
}
