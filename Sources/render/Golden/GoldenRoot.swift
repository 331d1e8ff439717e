import Lamina
import LaminaDiff
import LaminaHost

/// A root, and where its golden file stands.
struct GoldenRoot: Sendable {
  /// The root in the user's words.
  let name: String
  /// The root's directory, canonical.
  let path: String
  /// The root's path from the project's directory, by which its golden file names it.
  let key: String
  /// The golden file, or the directory with a golden file for each resource.
  let place: String
  let layout: GoldenLayout
  /// Where its golden files may stand, whatever links there are.
  let territory: Territory

  init(_ name: String, in project: Project) throws {
    if (try? RepositoryAddress(name)) != nil {
      throw GoldenFailure("\(name): error: golden files are for directories of this machine")
    }
    let found: ResolvedPath
    do { found = try DiskFileSystem().resolve(Invocation.path(of: name)) } catch {
      throw GoldenFailure("\(name): error: cannot read directory: \(error)")
    }
    let settings = project.file.golden
    self.name = Path.clean(name)
    path = found.path
    key = RelativePath(from: project.directory).text(of: path)
    layout = settings.layout
    do { territory = try Self.territory(of: path, named: name, in: project) } catch {
      throw GoldenFailure("\(name): error: \(error)")
    }
    guard let directory = settings.directory else {
      place = Path.join(path, settings.name ?? Self.usualName(layout))
      return
    }
    guard key != "..", !key.begins(with: "../") else {
      throw GoldenFailure(
        "\(name): error: it is not below \(project.directory), and so has no place in \(directory)")
    }
    let place = Path.join(project.directory, "\(directory)/\(key == "." ? "root" : key)")
    self.place = layout == .file ? "\(place).yaml" : place
  }

  /// A root that the user names may be outside of the project. One that is inside by its name must not be
  /// outside by a link, which others may have put there.
  private static func territory(
    of path: String, named name: String, in project: Project
  ) throws(FileFailure) -> Territory {
    if project.territory.contains(path) { return project.territory }
    let written = Path.clean(Invocation.path(of: name))
    if project.territory.contains(written) { try project.territory.check(written) }
    return try Territory(path)
  }

  /// What golden files are called in the directories of their roots.
  static func usualName(_ layout: GoldenLayout) -> String {
    layout == .file ? "golden.yaml" : "golden"
  }

  /// The golden files that a rendering makes, by their paths.
  ///
  /// - Parameter masked: the rendering as it may be kept.
  func files(
    of rendering: Rendering, _ masked: MaskedRendering
  ) throws(GoldenFailure) -> [ByteText: [UInt8]] {
    let header = GoldenHeader(key: key).bytes
    if layout == .file { return [ByteText(place): header + masked.bytes] }
    var files: [ByteText: [UInt8]] = [:]
    for (yaml, name) in zip(masked.resources, rendering.fileNames) {
      if name.utf8.contains(UInt8(ascii: "/")) {
        throw GoldenFailure("\(self.name): error: \"\(name)\" is not the name of a file")
      }
      if files.updateValue(header + yaml, forKey: "\(place)/\(name)") != nil {
        throw GoldenFailure("\(self.name): error: two resources would be written to \"\(name)\"")
      }
    }
    return files
  }
}
