import Lamina
import LaminaEditing
import LaminaHost

/// Copies the directories that a target reads. Kustomizations keep their bytes, but for entries that were
/// remote and become paths.
struct Localizer {
  /// Where remote files and directories go, beside the kustomization that names them.
  static let remoteDirectory = "localized-files"

  private let origin: LocalizeOrigin
  private let destination: String
  private let host: MachineHost
  private var done: Set<ByteText> = []

  init(_ origin: LocalizeOrigin, destination: String, _ host: MachineHost) {
    self.origin = origin
    self.destination = destination
    self.host = host
  }

  /// Copies everything; returns where the target's copy is.
  mutating func run() throws(CommandFailure) -> String {
    LocalizedFiles.makeDirectory(destination)
    let place = place(of: origin.directory)
    try copyDirectory(origin.directory)
    return place
  }

  /// Where the copy of a path goes.
  private func place(of path: String) -> String {
    let below = path.dropFirst(origin.scope == "/" ? 0 : origin.scope.count)
    return Path.clean(destination + below)
  }

  // MARK: - Directories

  private mutating func copyDirectory(_ directory: String) throws(CommandFailure) {
    guard done.insert(directory).inserted else { return }
    let found = Renderer.kustomizationNames.filter {
      (try? origin.files.resolve(Path.join(directory, $0))) != nil
    }
    guard let name = found.first, let bytes = try? origin.files.read(Path.join(directory, name))
    else {
      throw CommandFailure(
        "unable to find one of 'kustomization.yaml', 'kustomization.yml' or 'Kustomization' in directory '\(directory)'",
        showsUsage: false)
    }
    if (try? origin.files.resolve(Path.join(directory, Self.remoteDirectory))) != nil {
      throw CommandFailure(
        "\"\(directory)\" has a directory \(Self.remoteDirectory) already", showsUsage: false)
    }
    do throws(Diagnostic) {
      try KustomizationCheck.check(bytes, path: Path.join(directory, name))
    } catch {
      throw CommandFailure(error.message, details: [error.description], showsUsage: false)
    }
    var editor: YAMLEditor
    do throws(EditError) { editor = try YAMLEditor(bytes) } catch {
      throw CommandFailure("\(directory)/\(name): \(error.message)", showsUsage: false)
    }
    for reference in LocalizeReferences.all(in: editor.value) {
      guard let new = try localized(reference, in: directory) else { continue }
      do throws(EditError) { try editor.set(.string(new), at: reference.path) } catch {
        throw CommandFailure("\(directory)/\(name): \(error.message)", showsUsage: false)
      }
    }
    try LocalizedFiles.write(editor.bytes, to: Path.join(place(of: directory), name))
  }

  /// Copies what an entry names; returns what the copy must say instead.
  private mutating func localized(
    _ reference: LocalizeReferences.Reference, in directory: String
  ) throws(CommandFailure) -> String? {
    let path = Path.join(directory, reference.text)
    if reference.text.isEmpty { return nil }
    if reference.isConfiguration, Self.isObject(reference.text) {
      let bytes = Array(reference.text.utf8)
      let text = try localizedObjects(bytes, in: directory, name: reference.path.shown)
      return text == bytes ? nil : String(decoding: text, as: UTF8.self)
    }
    if let found = try? origin.files.resolve(path) {
      try copyLocal(found, reference, in: directory)
      // An absolute path would lead to the original.
      return Path.isAbsolute(reference.text)
        ? reference.prefix + RelativePath(from: directory).text(of: found.path) : nil
    }
    guard reference.names != .directory,
      !reference.names.mayBeText || !reference.text.contains("\n")
    else { return nil }
    if reference.text.begins(with: "http://") || reference.text.begins(with: "https://") {
      if reference.names != .layer, let file = try localizedFile(reference, in: directory) {
        return reference.prefix + file
      }
    }
    if reference.names == .layer || reference.names == .fileOrLayer,
      let address = try? RepositoryAddress(reference.text)
    {
      return try localizedRoot(address, in: directory)
    }
    if reference.names.mayBeText { return nil }
    throw CommandFailure(
      "\(directory): \(reference.path.shown): \"\(reference.text)\" is not there", showsUsage: false
    )
  }

  private mutating func copyLocal(
    _ found: ResolvedPath, _ reference: LocalizeReferences.Reference, in directory: String
  ) throws(CommandFailure) {
    let isRoot = reference.names.mayNameLayer || reference.names.mayBeText
    guard Path.isInside(found.path, directory: origin.scope) else {
      let kind = found.isDirectory ? "root" : "file"
      throw CommandFailure(
        "\(kind) \"\(found.path)\" outside localize scope \"\(origin.scope)\"", showsUsage: false)
    }
    if found.isDirectory, isRoot { return try copyDirectory(found.path) }
    if found.isDirectory { return try copyTree(found.path) }
    // Links become files: what they lead to goes to where the path says.
    let written = Path.clean(Path.join(directory, reference.text))
    let place = Path.isInside(written, directory: origin.scope) ? written : found.path
    guard let bytes = try? origin.files.read(found.path) else {
      throw CommandFailure("\(found.path): cannot be read", showsUsage: false)
    }
    let text =
      reference.isConfiguration
      ? try localizedObjects(bytes, in: directory, name: found.path) : bytes
    try LocalizedFiles.write(text, to: self.place(of: place))
  }

  // MARK: - Configurations

  /// A text that is the objects themselves, and not the path of their file.
  private static func isObject(_ text: String) -> Bool {
    guard text.utf8.contains(UInt8(ascii: ":")),
      let value = try? YAMLEditor(Array(text.utf8)).value
    else { return false }
    return !value.entries.isEmpty
  }

  /// The objects of `generators`, `transformers` or `validators`, with paths in the place of addresses. What
  /// they name is copied.
  private mutating func localizedObjects(
    _ bytes: [UInt8], in directory: String, name: String
  ) throws(CommandFailure) -> [UInt8] {
    guard let objects = try? ConfigObjects.objects(of: bytes, path: "", name: name) else {
      return bytes
    }
    var result = bytes
    for object in objects.reversed() {
      try copyFiles(ofPlugin: object.value, in: directory)
      do throws(EditError) {
        var editor = try YAMLEditor(Array(bytes[object.range]))
        for reference in LocalizeReferences.all(inObject: object.value) {
          let new: String?
          do throws(CommandFailure) { new = try localized(reference, in: directory) } catch {
            throw EditError(error.message)
          }
          if let new { try editor.set(.string(new), at: reference.path) }
        }
        if editor.bytes != Array(bytes[object.range]) {
          result.replaceSubrange(object.range, with: editor.bytes)
        }
      } catch { throw CommandFailure("\(name): \(error.message)", showsUsage: false) }
    }
    return result
  }

  private func copyFiles(ofPlugin value: YAMLValue, in directory: String) throws(CommandFailure) {
    if value["apiVersion"]?.text == "builtin" { return }
    for text in LocalizeReferences.files(ofPlugin: value) {
      guard let found = try? origin.files.resolve(Path.join(directory, text)), !found.isDirectory,
        Path.isInside(found.path, directory: origin.scope)
      else { continue }
      try copyFile(found.path, to: place(of: found.path))
    }
  }

  private func copyFile(_ path: String, to place: String) throws(CommandFailure) {
    guard let bytes = try? origin.files.read(path) else {
      throw CommandFailure("\(path): cannot be read", showsUsage: false)
    }
    try LocalizedFiles.write(bytes, to: place)
  }

  /// Copies a chart's directory. Only what is on the disk can be listed.
  private func copyTree(_ directory: String) throws(CommandFailure) {
    for path in DirectorySearch.files(below: directory) { try copyFile(path, to: place(of: path)) }
  }

  // MARK: - Remotes

  /// Fetches a file; nil where the server has none, and a repository may be meant.
  private mutating func localizedFile(
    _ reference: LocalizeReferences.Reference, in directory: String
  ) throws(CommandFailure) -> String? {
    let url = reference.text
    guard let bytes = try? host.download(url, isOffline: false) else { return nil }
    let afterScheme = url.firstRange(of: "://").map { url[$0.upperBound...] } ?? url[...]
    let path = Substring(
      afterScheme.unicodeScalars.drop { $0 != "/" }.prefix { $0 != "?" && $0 != "#" })
    let name = "\(Self.remoteDirectory)/\(LocalizeOrigin.hostName(url))\(Path.clean("/" + path))"
    let text =
      reference.isConfiguration ? try localizedObjects(bytes, in: directory, name: url) : bytes
    try LocalizedFiles.write(text, to: Path.join(place(of: directory), name))
    return name
  }

  private func localizedRoot(
    _ address: RepositoryAddress, in directory: String
  ) throws(CommandFailure) -> String {
    let remote = try LocalizeOrigin(address, host)
    defer { remote.release() }
    let below = remote.directory.dropFirst(remote.scope.count)
    let top =
      "\(Self.remoteDirectory)/\(LocalizeOrigin.hostName(address.repository))"
      + "\(LocalizeOrigin.repositoryPath(address))/\(address.ref)"
    var copy = Localizer(remote, destination: Path.join(place(of: directory), top), host)
    _ = try copy.run()
    return Path.clean(top + below)
  }
}

extension [PathStep] {
  /// `resources[0]`
  fileprivate var shown: String {
    reduce(into: "") { text, step in
      switch step {
      case .key(let key): text += text.isEmpty ? key : ".\(key)"
      case .index(let index): text += "[\(index)]"
      }
    }
  }
}
