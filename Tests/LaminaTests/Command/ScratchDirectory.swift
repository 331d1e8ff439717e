import Foundation

/// A fresh directory for the files of one test, in which the built command runs.
struct ScratchDirectory {
  let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory
      .appending(path: "scratch-\(UUID().uuidString)").resolvingSymlinksInPath()
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  func remove() { try? FileManager.default.removeItem(at: url) }

  func path(_ name: String) -> String { url.appending(path: name).path }

  func write(_ name: String, _ text: String) throws {
    let file = url.appending(path: name)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
  }

  /// Writes a base with a config map `x`, and overlays of it that put their names in front: `over/a` makes `a-x`.
  func writeOverlays(_ overlays: String...) throws {
    try write("base/kustomization.yaml", "resources: [cm.yaml]\n")
    try write("base/cm.yaml", Self.configMap("x"))
    for overlay in overlays {
      let parts = overlay.split(separator: "/")
      let base = String(repeating: "../", count: parts.count) + "base"
      try write(
        "\(overlay)/kustomization.yaml",
        "namePrefix: \(parts.last ?? "")-\nresources: [\(base)]\n")
    }
  }

  /// An empty config map as it is printed.
  static func configMap(_ name: String) -> String {
    "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: \(name)\n"
  }

  /// What is in a file, or behind a link; nil where there is nothing.
  func read(_ name: String) -> String? {
    FileManager.default.contents(atPath: path(name)).map { String(decoding: $0, as: UTF8.self) }
  }

  func link(_ name: String, to target: String) throws {
    let file = url.appending(path: name)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try FileManager.default.createSymbolicLink(atPath: file.path, withDestinationPath: target)
  }

  func makePipe(_ name: String) throws {
    guard mkfifo(path(name), 0o600) == 0 else { throw POSIXError(.EIO) }
  }

  func names(in directory: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: path(directory)).sorted()
  }

  func mode(_ name: String) throws -> Int {
    let attributes = try FileManager.default.attributesOfItem(atPath: path(name))
    return (attributes[.posixPermissions] as? Int) ?? -1
  }

  func isLink(_ name: String) -> Bool {
    (try? FileManager.default.destinationOfSymbolicLink(atPath: path(name))) != nil
  }

  /// Runs the command in a directory of this one.
  func render(
    _ arguments: String..., in directory: String = ".", input: String = ""
  ) throws -> BuiltCommand.Outcome {
    try BuiltCommand.run(arguments, in: url.appending(path: directory), input: input)
  }

  func render(_ arguments: [String]) throws -> BuiltCommand.Outcome {
    try BuiltCommand.run(arguments, in: url)
  }

  /// Runs a script of the shell, to which the command is known as `$RENDER`.
  func shell(_ script: String) throws -> BuiltCommand.Outcome {
    try BuiltCommand.run(
      program: "/bin/sh", ["-c", script], in: url,
      environment: ["RENDER": BuiltCommand.url.path])
  }
}
