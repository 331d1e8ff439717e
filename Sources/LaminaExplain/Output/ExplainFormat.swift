internal import Lamina

/// In which form an explanation is printed.
package enum ExplainFormat: String, Sendable, CaseIterable {
  case text, json, html

  package func bytes(of explanations: [Explanation], isColoured: Bool) -> [UInt8] {
    switch self {
    case .text, .html:
      Array(
        explanations.map { explanation in
          let heading =
            explanations.count > 1 ? Array("# \(explanation.root.onOneLine)\n".utf8) : []
          return heading + TextExplanation.bytes(of: explanation, isColoured: isColoured)
        }.joined(separator: Array("\n".utf8)))
    case .json: JSONExplanation.bytes(of: explanations)
    }
  }
}
