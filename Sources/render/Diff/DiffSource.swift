import Lamina
import LaminaHost

/// What a side is, in the user's words.
enum DiffSource {
  case standardInput
  /// The address of a repository, or anything on the disk.
  case path(String)
  case revision(String, path: String)

  /// What is on the disk comes first, then addresses such as `git@example.com:org/repo`.
  init(_ words: String) {
    if words == "-" {
      self = .standardInput
      return
    }
    let isThere = (try? DiskFileSystem().resolve(Invocation.path(of: words))) != nil
    // `main@{1}:dir` reads like the address of a user and a host.
    let isAddress = (try? RepositoryAddress(words)) != nil && !words.contains("@{")
    if !isThere, !isAddress, let colon = words.utf8.firstIndex(of: UInt8(ascii: ":")) {
      let path = String(words[colon...].dropFirst())
      self = .revision(String(words[..<colon]), path: path)
    } else {
      self = .path(words)
    }
  }

  /// What messages write before the paths of the side, and the path that they write behind it.
  func display(_ words: String) -> (prefix: String, path: String) {
    guard case .revision(let name, let path) = self else { return ("", words) }
    // As git reads it, such a path begins at the working directory, and others at the top.
    return path.begins(with: "./") ? ("\(name):./", String(path.dropFirst(2))) : ("\(name):", path)
  }

  /// What the root is called that the side is of; nil where the words do not tell.
  var name: String? {
    switch self {
    case .standardInput: nil
    case .path(let words): (try? RepositoryAddress(words)) == nil ? Path.clean(words) : words
    case .revision(_, let path): Path.clean(path)
    }
  }
}
