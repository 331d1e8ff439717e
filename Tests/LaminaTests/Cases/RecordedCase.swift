import Foundation
import Lamina
import LaminaHost

@testable import render

/// A directory of `testdata` that both `render` and the reference can build.
///
/// - `expected.yaml` is what the reference printed.
/// - `expected-error.txt` is what the reference said instead; `message.txt` is then what Lamina says.
/// - `root` names the directory to build, where it is not the case's own.
/// - `compat` names the version of kustomize to equal, where it is not v5.8.1.
struct RecordedCase: Sendable, CustomStringConvertible {
  let directory: URL

  var description: String {
    "\(directory.deletingLastPathComponent().lastPathComponent)/\(directory.lastPathComponent)"
  }

  static let testdata = URL(filePath: #filePath)
    .appending(path: "../../../../testdata").standardizedFileURL

  /// All cases below the sets of `testdata`, in the order of their names.
  static let all: [RecordedCase] = [
    "build", "scalars", "merge", "jsonpatch", "selectors", "openapi", "transformers",
    "configurations", "vars", "replacements", "buildmetadata", "errors",
  ]
  .flatMap { set in
    let folder = testdata.appending(path: set)
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return names.sorted().map { RecordedCase(directory: folder.appending(path: $0)) }
  }
  .filter { $0.text("expected.yaml") != nil || $0.text("expected-error.txt") != nil }

  func text(_ name: String) -> String? {
    try? String(contentsOf: directory.appending(path: name), encoding: .utf8)
  }

  func bytes(_ name: String) -> [UInt8]? {
    (try? Data(contentsOf: directory.appending(path: name))).map { [UInt8]($0) }
  }

  func write(_ text: String, to name: String) throws {
    try Data(text.utf8).write(to: directory.appending(path: name))
  }

  private var root: String {
    (text("root") ?? ".").trimmingCharacters(in: .whitespacesAndNewlines)
  }

  /// Builds the case; messages call its directory by the path within the case.
  ///
  /// - Parameter change: what is to be other than in the command.
  func render(
    on host: (any Lamina.Host)? = nil, _ change: (inout RenderOptions) -> Void = { _ in }
  ) throws(Diagnostic) -> Rendering {
    // What is recorded is what the command says.
    var options = RenderOptions.ofCommand
    let compat = text("compat")?.trimmingCharacters(in: .whitespacesAndNewlines)
    options.compatibility = compat.flatMap { Compatibility(rawValue: $0) } ?? .stable
    change(&options)
    return try Renderer(fileSystem: DiskFileSystem(), host: host, options: options)
      .render(directory.appending(path: root).path, displayPath: root)
  }
}
