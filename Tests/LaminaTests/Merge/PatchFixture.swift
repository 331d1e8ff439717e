@testable import Lamina

/// Objects and patches written as text, and what becomes of them as text.
struct PatchFixture {
  var tree = Tree()
  var sources = SourceMap()

  /// The first object of a YAML text.
  mutating func object(_ text: String) throws(Problem) -> NodeID {
    let file = sources.add(path: "object.yaml", bytes: Array(text.utf8))
    let roots = try YAMLReader.documents(ofFile: file, into: &tree, sources: sources)
    return roots[0]
  }

  /// A patch, as a file holds it.
  mutating func patch(_ text: String) throws(Problem) -> JSONPatch? {
    let file = sources.add(path: "patch.yaml", bytes: Array(text.utf8))
    return try JSONPatch.read(file: file, into: &tree, sources: sources)
  }

  /// Applies a JSON patch to an object of which nothing is known.
  mutating func apply(_ text: String, to root: NodeID) throws(Problem) {
    var trips = JSONTrips()
    try patch(text)?.apply(to: root, &trips, in: &tree)
  }

  func printed(_ root: NodeID) throws(Problem) -> String {
    String(decoding: try tree.printed(root), as: UTF8.self)
  }

  /// What a patch makes of an object, or the words of its failure with the places that these name.
  static func outcome(of patch: String, on object: String) -> String {
    var fixture = PatchFixture()
    do throws(Problem) {
      let root = try fixture.object(object)
      try fixture.apply(patch, to: root)
      return try fixture.printed(root)
    } catch {
      return fixture.words(of: error)
    }
  }

  func words(of problem: Problem) -> String {
    let lines =
      [(problem.message, problem.position)] + problem.notes.map { ($0.message, $0.position) }
    return lines.map { message, position in
      guard let place = sources.place(of: position) else { return message }
      return "\(place.path):\(place.line):\(place.column): \(message)"
    }.joined(separator: "\n")
  }
}
