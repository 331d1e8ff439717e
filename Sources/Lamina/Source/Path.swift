/// Paths as text, with the rules of Go's `path/filepath` on a system with `/`.
///
/// Nearly all paths are clean, which `isClean` sees without making anything; the others are put
/// together anew.
package enum Path {
  /// The shortest path that means the same: no `.`, no empty parts, `..` worked out.
  package static func clean(_ path: String) -> String {
    if isClean(path) { return path }
    let isAbsolute = path.utf8.first == slash
    var path = path
    let cleaned = path.withUTF8 { bytes in
      var result: [UInt8] = []
      result.reserveCapacity(bytes.count)
      /// Where each part of the result begins that `..` takes away, with the slash before it.
      var starts: [Int] = []
      var index = 0
      while index < bytes.count {
        var end = index
        while end < bytes.count, bytes[end] != slash { end += 1 }
        let part = UnsafeBufferPointer(rebasing: bytes[index..<end])
        index = end + 1
        if part.isEmpty || isDots(part, count: 1) { continue }
        let isUp = isDots(part, count: 2)
        if isUp, let start = starts.popLast() {
          result.removeLast(result.count - start)
        } else if !isUp || !isAbsolute {
          if !isUp { starts.append(result.count) }
          if isAbsolute || !result.isEmpty { result.append(slash) }
          result.append(contentsOf: part)
        }
      }
      return result
    }
    if cleaned.isEmpty { return isAbsolute ? "/" : "." }
    return String(decoding: cleaned, as: UTF8.self)
  }

  /// The part is `.` or `..`.
  private static func isDots(_ part: UnsafeBufferPointer<UInt8>, count: Int) -> Bool {
    part.count == count && part.allSatisfy { $0 == UInt8(ascii: ".") }
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

  /// Go's `filepath.Join` of two parts. An absolute `path` is put below the directory, as there.
  package static func join(_ directory: String, _ path: String) -> String {
    if path.isEmpty { return clean(directory) }
    return clean(directory + "/" + path)
  }

  package static func isAbsolute(_ path: String) -> Bool { path.utf8.first == slash }

  /// Whether a path leads to the directory from which it starts or below that (Go's `filepath.IsLocal`).
  package static func isLocal(_ path: String) -> Bool {
    if path.isEmpty || isAbsolute(path) { return false }
    let path = clean(path)
    return path != ".." && !path.utf8.starts(with: "../".utf8)
  }

  /// The last part (Go's `path.Base`).
  package static func lastPart(_ path: String) -> String {
    guard let last = path.utf8.split(separator: slash).last else { return path.isEmpty ? "." : "/" }
    return String(Substring(last))
  }

  /// All but the last part (Go's `path.Dir`).
  package static func directory(_ path: String) -> String {
    guard let cut = path.utf8.lastIndex(of: slash) else { return "." }
    return cut == path.startIndex ? "/" : clean(String(path[..<cut]))
  }

  /// Whether a canonical path is a directory or lies below it.
  package static func isInside(_ path: String, directory: String) -> Bool {
    var (path, directory) = (path, directory)
    return path.withUTF8 { path in
      directory.withUTF8 { directory in
        guard path.count >= directory.count else { return false }
        for index in directory.indices where path[index] != directory[index] { return false }
        return path.count == directory.count || path[directory.count] == slash
          || directory.count == 1 && directory[0] == slash
      }
    }
  }

  /// Whether a canonical path is one of some paths or lies below one.
  package static func isInside(_ path: String, _ places: Set<ByteText>) -> Bool {
    var path = path
    while !places.contains(path) {
      if path == "/" || path == "." { return false }
      path = directory(path)
    }
    return true
  }

  private static let slash = UInt8(ascii: "/")
}
