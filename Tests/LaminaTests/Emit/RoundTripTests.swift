import Testing

@testable import Lamina

/// What is printed reads back equal, and prints the same bytes again.
@Suite struct RoundTripTests {
  @Test(arguments: 0..<300)
  func printedObjectsReadBackEqual(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    var tree = Tree()
    let root = RandomObject.make(in: &tree, &random)
    let printed = try print(root, of: tree)

    var workspace = Workspace()
    let file = workspace.sources.add(path: "printed.yaml", bytes: printed)
    let roots = try YAMLReader.documents(
      ofFile: file, into: &workspace.tree, sources: workspace.sources)
    #expect(roots.count == 1)
    let again = try print(try #require(roots.first), of: workspace.tree)
    #expect(String(decoding: again, as: UTF8.self) == String(decoding: printed, as: UTF8.self))
    #expect(
      RandomObject.describe(root, in: tree) == RandomObject.describe(roots[0], in: workspace.tree))
  }

  private func print(_ root: NodeID, of tree: Tree) throws -> [UInt8] {
    try tree.printed(root)
  }
}

/// A generator of numbers that gives the same for the same seed (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
    return value ^ (value >> 31)
  }
}

/// Random trees of strings, numbers, booleans and nulls.
enum RandomObject {
  private static let characters = Array(
    "abcXYZ019 -_.:#'\"\\/{}[],&*!|>%@`?=~<\n\téß中😀\u{7}\u{a0}\u{2028}".unicodeScalars)

  static func make(in tree: inout Tree, _ random: inout SeededGenerator) -> NodeID {
    let root = tree.addMapping(at: .none)
    fill(root, in: &tree, depth: 0, &random)
    return root
  }

  private static func fill(
    _ node: NodeID, in tree: inout Tree, depth: Int, _ random: inout SeededGenerator
  ) {
    let isMapping = tree.shape(node) == .mapping
    for index in 0..<Int.random(in: 0...6, using: &random) {
      let value = value(in: &tree, depth: depth + 1, &random)
      if isMapping {
        // A letter in front keeps the key from being a number; the index keeps it apart from others.
        let key = tree.symbols.intern("k\(index)\(text(&random))")
        tree.appendField(key, value, to: node)
      } else {
        tree.append(value, to: node)
      }
    }
  }

  private static func value(
    in tree: inout Tree, depth: Int, _ random: inout SeededGenerator
  ) -> NodeID {
    switch Int.random(in: 0..<(depth > 5 ? 6 : 9), using: &random) {
    case 0: return tree.addScalar("null", tag: .null, at: .none)
    case 1:
      return tree.addScalar(Bool.random(using: &random) ? "true" : "false", tag: .bool, at: .none)
    case 2:
      return tree.addScalar(
        "\(Int64.random(in: .min ... .max, using: &random))", tag: .integer, at: .none)
    case 6, 7:
      let node = tree.addMapping(at: .none)
      fill(node, in: &tree, depth: depth, &random)
      return node
    case 8:
      let node = tree.addSequence(at: .none)
      fill(node, in: &tree, depth: depth, &random)
      return node
    default: return tree.addScalar(text(&random), tag: .string, at: .none)
    }
  }

  private static func text(_ random: inout SeededGenerator) -> String {
    let count = Int.random(in: 0...60, using: &random)
    var scalars = String.UnicodeScalarView()
    for _ in 0..<count {
      if let character = characters.randomElement(using: &random) { scalars.append(character) }
    }
    // Text of several lines that begins with a tab cannot be printed (see `BlockRereading`).
    let text = String(scalars)
    return text.hasPrefix("\t") ? "x" + text : text
  }

  /// The values of a node and all below it, with the keys in order.
  static func describe(_ node: NodeID, in tree: Tree) -> String {
    switch tree.shape(node) {
    case .scalar:
      return "\(tree.meaning(of: node).map { "\($0)" } ?? "?")(\(Array(tree.bytes(node))))"
    case .sequence:
      return "[" + tree.children(of: node).map { describe($0, in: tree) }.joined(separator: ",")
        + "]"
    case .mapping:
      let fields = tree.children(of: node)
        .map { (Array(tree.symbols.bytes(tree.key($0))), describe($0, in: tree)) }
        .sorted { $0.0.lexicographicallyPrecedes($1.0) }
      return "{" + fields.map { "\($0.0)=\($0.1)" }.joined(separator: ",") + "}"
    }
  }
}
