/// Paths as text, with the rules of Go's `path/filepath` on a system with `/`.
package enum Path {
  /// The shortest path that means the same: no `.`, no empty parts, `..` worked out.
  package static func clean(_ path: String) -> String {
    if isClean(path) { return path }
    let isAbsolute = path.utf8.first == slash
    var parts: [Substring.UTF8View] = []
    for part in path.utf8.split(separator: slash) where !part.elementsEqual(".".utf8) {
      guard part.elementsEqual("..".utf8) else {
        parts.append(part)
        continue
      }
      if let last = parts.last, !last.elementsEqual("..".utf8) {
        parts.removeLast()
      } else if !isAbsolute {
        parts.append(part)
      }
    }
    let body = parts.map { String(Substring($0)) }.joined(separator: "/")
    if isAbsolute { return "/" + body }
    return body.isEmpty ? "." : body
  }

  /// There is nothing to clean, as with nearly all paths: no part is empty or begins with a dot.
  package static func isClean(_ path: String) -> Bool {
    var path = path
    return path.withUTF8 { bytes in
      guard let last = bytes.last, last != slash || bytes.count == 1 else { return false }
      var startsPart = bytes[0] != slash
      for byte in bytes {
        if startsPart, byte == slash || byte == UInt8(ascii: ".") { return false }
        startsPart = byte == slash
      }
      return true
    }
  }

  package static func join(_ directory: String, _ path: String) -> String {
    if path.isEmpty { return clean(directory) }
    return clean(directory + "/" + path)
  }

  package static func isAbsolute(_ path: String) -> Bool { path.utf8.first == slash }

  /// The last part (Go's `path.Base`).
  package static func lastPart(_ path: String) -> String {
    guard let last = path.utf8.split(separator: slash).last else { return path.isEmpty ? "." : "/" }
    return String(Substring(last))
  }

  package static func directory(_ path: String) -> String {
    guard let cut = path.utf8.lastIndex(of: slash) else { return "." }
    return cut == path.startIndex ? "/" : clean(String(path[..<cut]))
  }

  /// Whether a canonical path is a directory or lies below it.
  package static func isInside(_ path: String, directory: String) -> Bool {
    guard path.utf8.starts(with: directory.utf8) else { return false }
    let rest = path.utf8.dropFirst(directory.utf8.count)
    return rest.isEmpty || rest.first == slash || directory == "/"
  }

  private static let slash = UInt8(ascii: "/")
}
