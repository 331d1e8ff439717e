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
    case .make: try Depfile.text(of: roots, target: target)
    case .mermaid: DependencyGraph(roots).mermaid
    case .dot: DependencyGraph(roots).dot
    }
  }

  /// The files of all roots, each once.
  private static func files(of roots: [RootDependencies]) -> [String] {
    var known: Set<String> = []
    return roots.flatMap(\.files).filter { known.insert($0).inserted }
  }

  private static func json(_ roots: [RootDependencies]) -> String {
    let objects = roots.map { root in
      """
        {
          "root": \(root.name.inJSON),
          "files": \(array(root.files)),
          "remote": \(array(root.remotes))
        }
      """
    }
    return "[\n\(objects.joined(separator: ",\n"))\n]\n"
  }

  private static func array(_ texts: [String]) -> String {
    if texts.isEmpty { return "[]" }
    return "[\n" + texts.map { "      \($0.inJSON)" }.joined(separator: ",\n") + "\n    ]"
  }
}

/// Why dependencies cannot be printed in a form.
struct DependencyFailure: Error {
  let message: String
}
