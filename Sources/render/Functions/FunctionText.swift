internal import Lamina
import LaminaEditing
import LaminaSyntax

/// The text of an object that a function has printed.
enum FunctionText {
  /// - Parameters:
  ///   - value: what it means, without kyaml's annotations.
  ///   - printed: the text that the function printed, with them.
  ///   - before: the text that the function read; nil for an object of its own.
  static func text(
    of value: YAMLValue, printed: [UInt8], before: [UInt8]?
  ) throws(CommandFailure) -> [UInt8] {
    if let before, var editor = try? YAMLEditor(before) {
      if editor.value == value || (try? editor.rewrite(to: value)) != nil {
        return withLineBreak(CommentCopy.text(editor.bytes, commentedLike: printed, before: before))
      }
    }
    guard var editor = try? YAMLEditor(printed), (try? editor.rewrite(to: value)) != nil else {
      return try ConfigObject.text(of: value)
    }
    return withLineBreak(editor.bytes)
  }

  private static func withLineBreak(_ text: [UInt8]) -> [UInt8] {
    text.last == UInt8(ascii: "\n") ? text : text + [UInt8(ascii: "\n")]
  }
}

/// Comments that a function has written. Those that it has lost stay, as kyaml copies them back
/// (kyaml/comments/comments.go).
enum CommentCopy {
  /// - Parameters:
  ///   - text: what becomes of the object.
  ///   - printed: the same with the function's comments.
  ///   - before: what the function read.
  static func text(
    _ text: [UInt8], commentedLike printed: [UInt8], before: [UInt8]
  ) -> [UInt8] {
    guard let old = try? SyntaxTree(before), let new = try? SyntaxTree(printed) else { return text }
    let written = Set(texts: comments(of: new)).subtracting(Set(texts: comments(of: old)))
    if written.isEmpty { return text }
    guard let tree = try? SyntaxTree(text), let target = tree.documents.first?.root,
      let source = new.documents.first?.root
    else { return text }
    var copy = Copy(source: new, target: tree, written: written)
    copy.compare(source, target)
    let result = copy.result
    // A comment changes no value.
    guard let value = try? YAMLEditor(text).value, (try? YAMLEditor(result).value) == value else {
      return text
    }
    return result
  }

  private static func comments(of tree: SyntaxTree) -> [String] {
    tree.tokens.filter { $0.kind == .comment }
      .map { String(decoding: tree[$0.range], as: UTF8.self) }
  }

  private struct Copy {
    let source: SyntaxTree
    let target: SyntaxTree
    let written: Set<ByteText>
    private var splices: [(range: Range<Int>, text: [UInt8])] = []

    init(source: SyntaxTree, target: SyntaxTree, written: Set<ByteText>) {
      self.source = source
      self.target = target
      self.written = written
    }

    /// Goes through what both have in common.
    mutating func compare(_ source: SyntaxNode.ID, _ target: SyntaxNode.ID) {
      var open = [(source, target)]
      while let (first, second) = open.popLast() {
        for entry in self.source.entries(of: first) {
          guard let key = self.source.text(of: entry.key),
            let other = self.target.entry(key, of: second)
          else { continue }
          copy(
            (self.source[entry.key].fullRange.lowerBound, entry.value),
            (self.target[other.key].fullRange.lowerBound, other.value))
          open.append((entry.value, other.value))
        }
        for (item, other) in zip(self.source.items(of: first), self.target.items(of: second)) {
          if let dash = item.dash, let otherDash = other.dash {
            copy((dash, item.value), (otherDash, other.value))
          }
          open.append((item.value, other.value))
        }
      }
    }

    /// Copies the comments of an entry or an item: on the lines above it, and behind its value or its key.
    private mutating func copy(
      _ new: (start: Int, value: SyntaxNode.ID), _ old: (start: Int, value: SyntaxNode.ID)
    ) {
      if let comment = behind(new.value, in: source), written.contains(comment.text) {
        if let known = behind(old.value, in: target) {
          splices.append((known.range, Array(comment.text.utf8)))
        } else {
          let end = target[old.value].fullRange.upperBound
          splices.append((end..<end, Array(" \(comment.text)".utf8)))
        }
      }
      let lines = above(new.start, in: source).filter(written.contains)
      if lines.isEmpty { return }
      let start = target.bytes[..<old.start].lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
      let blank = target[start..<old.start]
      guard blank.allSatisfy({ $0 == UInt8(ascii: " ") }) else { return }
      let text = lines.flatMap { Array(blank) + Array($0.utf8) + [UInt8(ascii: "\n")] }
      splices.append((start..<start, text))
    }

    /// The comment behind a scalar, or behind brackets, on the line of its end.
    private func behind(
      _ id: SyntaxNode.ID, in tree: SyntaxTree
    ) -> (text: String, range: Range<Int>)? {
      switch tree[id].content {
      case .scalar(.literal, _), .scalar(.folded, _): return nil
      case .sequence(_, isFlow: false), .mapping(_, isFlow: false): return nil
      default: break
      }
      var offset = tree[id].fullRange.upperBound
      while let token = tree.token(at: offset), token.kind == .space || token.kind == .comment {
        if token.kind == .comment {
          return (String(decoding: tree[token.range], as: UTF8.self), token.range)
        }
        offset = token.range.upperBound
      }
      return nil
    }

    private func above(_ offset: Int, in tree: SyntaxTree) -> [String] {
      var lines: [String] = []
      var end = tree.bytes[..<offset].lastIndex(of: UInt8(ascii: "\n"))
      while let last = end {
        let start = tree.bytes[..<last].lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
        let line = tree[start..<last].drop { $0 == UInt8(ascii: " ") }
        guard line.first == UInt8(ascii: "#") else { break }
        lines.insert(String(decoding: line, as: UTF8.self), at: 0)
        end = start == 0 ? nil : start - 1
      }
      return lines
    }

    var result: [UInt8] {
      var text = target.bytes
      for splice in splices.sorted(by: { $0.range.lowerBound > $1.range.lowerBound }) {
        text.replaceSubrange(splice.range, with: splice.text)
      }
      return text
    }
  }
}
