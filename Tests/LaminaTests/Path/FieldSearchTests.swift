import Testing

@testable import Lamina

/// Walking only the paths that `FieldSearch` finds is walking all of them.
@Suite struct FieldSearchTests {
  /// Few keys, so that paths meet what is there about as often as they miss it.
  private static let keys = ["a", "b", "c"]
  /// The last steps of paths. A path that leads on from where another one ends makes the search give up.
  private static let ends = ["x", "y", "z"]

  /// A path of a field spec, and what its walk makes.
  private typealias Field = (path: FieldPath, creation: FieldWalk.Creation)

  @Test(arguments: 0..<8)
  func findsWhatAllWalksReach(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var (leftOut, failed, changed) = (0, 0, 0)
    for _ in 0..<500 {
      var tree = Tree()
      let root = Self.value(.mapping, depth: 0, in: &tree, &random)
      let fields = (0..<Int.random(in: 1...24, using: &random)).map { _ in
        Self.field(in: &tree, &random)
      }
      let search = FieldSearch(fields.map { ($0.path, $0.creation != .never) })
      var found = [0, 0]
      search.find(in: root, of: tree, into: &found)
      #expect(found == found.sorted())
      let all = Self.outcome(of: Array(fields.indices), fields, on: root, in: tree)
      let fast = Self.outcome(of: found, fields, on: root, in: tree)
      #expect(fast.visits == all.visits)
      #expect(fast.text == all.text)
      if found.count < fields.count { leftOut += 1 }
      if all.visits.last == Self.failure { failed += 1 }
      if all.text != RandomObject.describe(root, in: tree) { changed += 1 }
    }
    // Where every path is walked, the walks are compared with themselves.
    #expect(leftOut > 200)
    #expect(failed > 20)
    #expect(changed > 100)
  }

  private static let failure = -1

  /// The numbers of the paths whose walks reached something, once for each field, and the object afterwards.
  private static func outcome(
    of numbers: [Int], _ fields: [Field], on root: NodeID, in tree: Tree
  ) -> (visits: [Int], text: String) {
    var tree = tree
    var visits: [Int] = []
    do {
      for number in numbers {
        let walk = FieldWalk(fields[number].path, creating: fields[number].creation, by: .none)
        try walk.visit(root, in: &tree) { node, tree in
          visits.append(number)
          // What a step writes must not lead other paths to more than was there.
          if tree.shape(node) == .scalar { tree.setScalar(node, "x", tag: .string, by: .none) }
        }
      }
    } catch { visits.append(failure) }
    return (visits, RandomObject.describe(root, in: tree))
  }

  private static func field(in tree: inout Tree, _ random: inout SeededGenerator) -> Field {
    let steps = (0..<Int.random(in: 0...3, using: &random)).map { _ in key(keys, &random) }
    var path = (steps + [key(ends, &random)]).joined(separator: "/")
    if Int.random(in: 0..<100, using: &random) == 0 { path += "/x" }
    // A step of a list makes the search give up: all paths are walked then.
    if Int.random(in: 0..<200, using: &random) == 0 { path += "/[a=b]" }
    if Int.random(in: 0..<20, using: &random) == 0 { path += "[]" }
    let creations: [FieldWalk.Creation] = [.never, .never, .never, .scalar, .mapping]
    return (
      FieldPath(fieldSpec: path, symbols: &tree.symbols),
      creations[Int.random(in: creations.indices, using: &random)]
    )
  }

  private static func key(_ keys: [String], _ random: inout SeededGenerator) -> String {
    keys[Int.random(in: keys.indices, using: &random)]
  }

  private static func value(
    _ shape: Node.Shape, depth: Int, in tree: inout Tree, _ random: inout SeededGenerator
  ) -> NodeID {
    switch shape {
    case .scalar:
      return Int.random(in: 0..<3, using: &random) == 0
        ? tree.addScalar("null", tag: .null, at: .none)
        : tree.addScalar("text", tag: .string, at: .none)
    case .sequence:
      let list = tree.addSequence(at: .none)
      for _ in 0..<Int.random(in: 0...3, using: &random) {
        let element = value(self.shape(depth, &random), depth: depth + 1, in: &tree, &random)
        tree.append(element, to: list)
      }
      return list
    case .mapping:
      let mapping = tree.addMapping(at: .none)
      for key in keys + ends where Int.random(in: 0..<3, using: &random) > 0 {
        let field = value(self.shape(depth, &random), depth: depth + 1, in: &tree, &random)
        tree.appendField(tree.symbols.intern(key), field, to: mapping)
      }
      return mapping
    }
  }

  private static func shape(_ depth: Int, _ random: inout SeededGenerator) -> Node.Shape {
    if depth > 3 { return .scalar }
    switch Int.random(in: 0..<6, using: &random) {
    case 0: return .scalar
    case 1: return .sequence
    default: return .mapping
    }
  }
}
