import Foundation
import Lamina
import Testing

/// One tree of `testdata/lint/RULE/NAME`, linted as `render lint --all .` does in it.
///
/// The names of cases begin with what they show: `flagged`, `clean` or `silenced`. `findings.txt` holds what is
/// reported.
struct LintCase: CustomTestStringConvertible {
  enum Kind: String, CaseIterable {
    case flagged
    case clean
    case silenced
  }

  let directory: URL
  var rule: String { directory.deletingLastPathComponent().lastPathComponent }
  var kind: Kind? { Kind.allCases.first { directory.lastPathComponent.hasPrefix($0.rawValue) } }
  var testDescription: String { "\(rule)/\(directory.lastPathComponent)" }

  static let top = RecordedCase.testdata.appending(path: "lint")

  static let all: [LintCase] = names(in: top).flatMap { rule in
    names(in: top.appending(path: rule)).map {
      LintCase(directory: top.appending(path: "\(rule)/\($0)"))
    }
  }

  private static func names(in directory: URL) -> [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: directory.path)) ?? []
    return names.filter { !$0.hasPrefix(".") }.sorted()
  }

  /// What is found in the tree, or in the tree as it would be without the comments that silence.
  func findings(withoutComments: Bool = false) throws -> [LintRun.Finding] {
    var files = try read(below: directory.path)
    if withoutComments {
      for (path, bytes) in files {
        let lines = String(decoding: bytes, as: UTF8.self)
          .split(separator: "\n", omittingEmptySubsequences: false)
          .map { line in
            line.contains("ignore[\(rule)") || line.contains("ignore-file[\(rule)")
              ? line.replacingOccurrences(of: "# lamina: ignore", with: "# ") : String(line)
          }
        files[path] = Array(lines.joined(separator: "\n").utf8)
      }
    }
    return try LintedTree(files).findings()
  }

  private func read(below directory: String) throws -> [String: [UInt8]] {
    var files: [String: [UInt8]] = [:]
    for path in try FileManager.default.subpathsOfDirectory(atPath: directory).sorted() {
      let whole = URL(filePath: "\(directory)/\(path)")
      let isFile = try whole.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile
      if isFile != true || path == "findings.txt" { continue }
      files[path] = Array(try Data(contentsOf: whole))
    }
    return files
  }
}

/// Files in memory, linted as the command does it in their directory.
struct LintedTree {
  private let files: [String: [UInt8]]

  init(_ files: [String: [UInt8]]) { self.files = files }

  init(_ files: [String: String]) { self.files = files.mapValues { Array($0.utf8) } }

  func findings(for purpose: Lint.Purpose = .lint) throws -> [LintRun.Finding] {
    var memory = MemoryFileSystem()
    for (path, bytes) in files { memory.write(bytes, to: "/\(path)") }
    let shared = SharedFiles(memory)
    let directories = Set(files.keys.map { "/" + ($0 as NSString).deletingLastPathComponent })
    let roots = Renderer.roots(among: directories.sorted(), in: shared)
    let project = try files[ProjectFile.name].map {
      try ProjectFile($0, path: ProjectFile.name)
    }
    let settings = project?.lint ?? LintSettings()
    let lint = Lint(Rule.all, settings, for: purpose)
    var run = LintRun(settings, for: purpose) { $0 }
    for root in roots {
      let name = root == "/" ? "." : String(root.dropFirst())
      run.add(
        lint.inspect(
          try Renderer(shared).render(root, displayPath: name), isOneOfMany: true),
        of: name)
    }
    return run.findings
  }
}
