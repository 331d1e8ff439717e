/// One file system over another: what the upper one has hides what the lower one has at that path.
///
/// So files that are only in memory can stand in for some of the disk's:
///
///     var changes = MemoryFileSystem()
///     changes.write(patch, to: "/shop/overlays/production/patch.yaml")
///     let renderer = Renderer(fileSystem: OverlayFileSystem(changes, over: DiskFileSystem()))
///
/// Each of the two follows its own symbolic links, so paths of the upper one have to be canonical paths
/// of the lower one: on a system where `/tmp` is a link, write to what it leads to.
public struct OverlayFileSystem: FileSystem {
  private let upper: any FileSystem
  private let lower: any FileSystem

  /// Lays one file system over another.
  public init(_ upper: any FileSystem, over lower: any FileSystem) {
    self.upper = upper
    self.lower = lower
  }

  /// The lower files are only asked where the upper ones have nothing.
  public func resolve(_ path: String) throws(FileSystemError) -> ResolvedPath {
    do { return try upper.resolve(path) } catch {
      guard error.meansNothingThere else { throw error }
      return try resolveBelow(path)
    }
  }

  public func read(_ path: String) throws(FileSystemError) -> [UInt8] {
    do { return try upper.read(path) } catch {
      guard error.meansNothingThere else { throw error }
      return try lower.read(path)
    }
  }

  public func names(in directory: String) -> [String] {
    let names = Set(texts: upper.names(in: directory) + lower.names(in: directory))
    return names.map(\.string)
  }

  /// A link of the lower file system may lead to where the upper one has something.
  private func resolveBelow(_ path: String) throws(FileSystemError) -> ResolvedPath {
    let found = try lower.resolve(path)
    guard !found.path.hasBytes(of: path), let above = try? upper.resolve(found.path) else {
      return found
    }
    return above
  }
}

extension FileSystemError {
  /// The upper file system says nothing about the path.
  fileprivate var meansNothingThere: Bool { self == .notFound || self == .notADirectory }
}
