import ArgumentParser
import Lamina

/// A form in which dependencies are printed.
enum DependencyFormat: String, CaseIterable, ExpressibleByArgument {
  case list, json, make, mermaid, dot

  /// - Parameters:
  ///   - roots: what is printed, in this order.
  ///   - target: what a makefile makes of the root.
  func text(of roots: [RootDependencies], target: String?) throws(DependencyFailure) -> String {
    switch self {
    case .list: Self.files(of: roots).map { "\($0)\n" }.joined()
    case .json: Self.json(roots)
    case .make:
      // By default what `render --all` would write.
      try Depfile.text(
        of: roots.map { root in
          Depfile.Rule(
            targets: [target ?? OutputName.file(of: root.name, below: nil)], files: root.files)
        })
    case .mermaid: DependencyGraph(roots).mermaid
    case .dot: DependencyGraph(roots).dot
    }
  }

  /// The files of all roots, each once.
  private static func files(of roots: [RootDependencies]) -> [String] {
    var known: Set<ByteText> = []
    return roots.flatMap(\.files).filter { known.insert($0).inserted }
  }

  private static func json(_ roots: [RootDependencies]) -> String {
    var json = JSONWriter()
    json.array(of: roots) { json, root in
      json.object { json in
        json.field("root", root.name)
        json.field("files") { $0.array(of: root.files) { $0.string($1) } }
        json.field("remote") { $0.array(of: root.remotes) { $0.string($1) } }
      }
    }
    return String(decoding: json.output, as: UTF8.self) + "\n"
  }
}

/// Why dependencies cannot be printed in a form.
struct DependencyFailure: Error, CustomStringConvertible {
  let message: String

  var description: String { "error: \(message)" }
}
