/// What a tool left behind.
package struct ToolOutcome: Sendable {
  let status: Int32
  let output: [UInt8]
  let errors: [UInt8]
  /// The model is to try something else.
  var isMistake = false

  package static func mistake(_ message: String) -> ToolOutcome {
    var outcome = ToolOutcome(status: 1, output: [], errors: Array("\(message)\n".utf8))
    outcome.isMistake = true
    return outcome
  }

  package init(status: Int32, output: [UInt8], errors: [UInt8]) {
    self.status = status
    self.output = output
    self.errors = errors
  }

  /// What was printed, and what was complained of, each if there is anything.
  func texts(longest: Int) -> [String] {
    let texts = [output, errors].filter { !$0.isEmpty }.map { bytes in
      if bytes.count <= longest { return String(decoding: bytes, as: UTF8.self) }
      return String(decoding: bytes[..<longest], as: UTF8.self)
        + "\n… cut after \(longest) of \(bytes.count) bytes"
    }
    return texts.isEmpty ? ["(nothing)"] : texts
  }
}
