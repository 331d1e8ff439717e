/// A file system in memory: for tests, and for callers that make their files themselves.
///
/// A path that does not begin with `/` begins at `/`: `base/web.yaml` is `/base/web.yaml`, for every method.
///
/// A tree of places, so that what a path costs grows with its length: paths of all directories above each file would
/// grow with its square. Names are compared by their bytes.
public struct MemoryFileSystem: FileSystem {
  /// What stands at a path. Something may be a directory and a link at once, since files may be put below a link.
  private struct Place {
    var file: [UInt8]?
    /// The target of a symbolic link.
    var target: String?
    var isDirectory = false
    /// The numbers of the places below, by their names.
    var below: [[UInt8]: Int] = [:]

    /// Something stands here, and not only below.
    var isThere: Bool { isDirectory || file != nil || target != nil }
  }

  /// The first is `/`.
  private var places: [Place]

  /// Makes a file system with nothing but the directory `/`.
  public init() {
    var top = Place()
    top.isDirectory = true
    places = [top]
  }

  /// Makes a file system of texts by path.
  public init(_ texts: [String: String]) {
    self.init()
    for (path, text) in texts { write(Array(text.utf8), to: path) }
  }

  /// Puts a file at a path, and makes the directories above it.
  public mutating func write(_ bytes: [UInt8], to path: String) {
    let place = makePlace(path)
    places[place].file = bytes
  }

  /// Makes a directory and those above it.
  public mutating func makeDirectory(_ path: String) {
    let place = makePlace(path)
    places[place].isDirectory = true
  }

  /// Puts a symbolic link at a path; a target that does not begin with `/` begins at the link's directory.
  public mutating func link(_ path: String, to target: String) {
    let place = makePlace(path)
    places[place].target = target
  }

  /// The number of the place at a path, below directories.
  private mutating func makePlace(_ path: String) -> Int {
    var place = 0
    for part in Self.parts(of: Self.absolute(path)) {
      places[place].isDirectory = true
      if let known = places[place].below[part] {
        place = known
      } else {
        places[place].below[part] = places.count
        place = places.count
        places.append(Place())
      }
    }
    return place
  }

  public func resolve(_ path: String) throws(FileSystemError) -> ResolvedPath {
    let found = try find(path)
    return ResolvedPath(path: found.path, isDirectory: places[found.place].isDirectory)
  }

  public func read(_ path: String) throws(FileSystemError) -> [UInt8] {
    let found = places[try find(path).place]
    guard !found.isDirectory, let bytes = found.file else { throw .isADirectory }
    return bytes
  }

  public func names(in directory: String) -> [String] {
    var place = 0
    for part in Self.parts(of: Self.absolute(directory)) {
      guard let next = places[place].below[part] else { return [] }
      place = next
    }
    return places[place].below.filter { places[$0.value].isThere }
      .map { String(decoding: $0.key, as: UTF8.self) }
  }

  private static func absolute(_ path: String) -> String {
    Path.isAbsolute(path) ? Path.clean(path) : Path.join("/", path)
  }

  private static func parts(of path: String) -> [[UInt8]] {
    path.utf8.split(separator: UInt8(ascii: "/")).map { Array($0) }
  }

  /// What a path leads to, with the links in every part of it followed, and the path without links.
  private func find(_ path: String) throws(FileSystemError) -> (place: Int, path: String) {
    /// The places on the way, each with its name.
    var way: [(place: Int, name: [UInt8])] = []
    var rest: [[UInt8]] = Self.parts(of: Self.absolute(path)).reversed()
    var followed = 0
    while let part = rest.popLast() {
      let current = way.last?.place ?? 0
      if places[current].file != nil { throw .notADirectory }
      guard let next = places[current].below[part] else { throw .notFound }
      guard let target = places[next].target else {
        way.append((next, part))
        continue
      }
      followed += 1
      if followed > 40 { throw .tooManyLinks }
      let directory = Self.path(of: way.map(\.name))
      let absolute = Path.isAbsolute(target) ? Path.clean(target) : Path.join(directory, target)
      rest += Self.parts(of: absolute).reversed()
      way = []
    }
    let found = way.last?.place ?? 0
    guard places[found].isDirectory || places[found].file != nil else { throw .notFound }
    return (found, Self.path(of: way.map(\.name)))
  }

  private static func path(of parts: [[UInt8]]) -> String {
    parts.isEmpty
      ? "/" : String(decoding: parts.map { [UInt8(ascii: "/")] + $0 }.joined(), as: UTF8.self)
  }
}
