import Lamina
import LaminaDiagnostics
import LaminaDiff
import LaminaHost

/// What checking one root, or one golden file without a root, has found.
struct GoldenResult: Sendable {
  enum Kind: Sendable {
    case same
    /// Golden files that are not as rendered, and what that means.
    case different([String], explanation: String)
    case missing(String)
    /// There is a golden file, and no root for it.
    case withoutRoot(String)
    /// The root does not render.
    case failed(String)
    /// A golden file cannot be read, and the reason.
    case unreadable(String, reason: String)
  }

  /// The root in the user's words, or the golden file.
  let name: String
  let kind: Kind

  var status: Int32 {
    switch kind {
    case .same: 0
    case .different, .missing, .withoutRoot: 1
    case .failed, .unreadable: 2
    }
  }
}

/// Compares golden files with what their roots render, byte for byte.
struct GoldenCheck {
  private let invocation: Invocation
  private let golden: GoldenRoots
  private let secrets: SecretStyle
  private let here = RelativePath(from: DiskFileSystem.workingDirectory)

  init(_ invocation: Invocation, _ secrets: SecretFlags) throws {
    self.invocation = invocation
    golden = try GoldenRoots(invocation)
    self.secrets = try secrets.style(golden.project)
  }

  /// One result for each root, in their order, and then one for each golden file without a root.
  func run() -> [GoldenResult] {
    let present = Dictionary(grouping: golden.present(), by: { ByteText($0.key) })
      .mapValues { $0.map(\.path) }
    var results: [GoldenResult] = []
    // The text has the failures in its own place.
    golden.render(invocation, secrets, saysFailures: invocation.diagnosticFormat != .text) {
      root, outcome in
      let kind: GoldenResult.Kind
      do {
        kind = compare(try outcome.get(), of: root, present[GoldenHeader(key: root.key).key] ?? [])
      } catch {
        kind = .failed(StandardError.text(of: error))
      }
      results.append(GoldenResult(name: root.name, kind: kind))
    }
    let known = Set(texts: golden.roots.map { GoldenHeader(key: $0.key).key })
    for (key, paths) in present.sorted(by: { $0.key < $1.key }) where !known.contains(key) {
      for path in paths {
        results.append(GoldenResult(name: here.text(of: path), kind: .withoutRoot(key.string)))
      }
    }
    return results
  }

  /// - Parameter present: the golden files of the root that exist, including unused ones.
  private func compare(
    _ expected: GoldenRoots.Expected, of root: GoldenRoot, _ present: [String]
  ) -> GoldenResult.Kind {
    var old: [[UInt8]] = []
    var different: [String] = []
    let paths = Set(texts: present).union(expected.files.keys).sortedTexts
    for path in paths {
      let bytes: [UInt8]?
      do { bytes = try root.territory.read(path) } catch {
        return .unreadable(here.text(of: path), reason: "\(error)")
      }
      if let bytes { old.append(bytes) }
      if bytes != expected.files[path] { different.append(here.text(of: path)) }
    }
    if different.isEmpty { return .same }
    let place = here.text(of: root.place)
    if old.isEmpty { return .missing(place) }
    return .different(
      different,
      explanation: GoldenDifference.words(
        from: old, at: place, to: expected, of: root, secrets))
  }
}
