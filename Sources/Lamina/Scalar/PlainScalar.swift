/// What editing needs to know of plain scalars.
package enum PlainScalar {
  /// Whether readers of YAML 1.1 and of 1.2 take a plain text for a string.
  package static func isString(_ text: Span<UInt8>) -> Bool {
    ScalarTag.plain(text) == .string && ScalarTag.staysStringInYAML11(text)
  }

  /// Whether a text can stand without quotes in a block: nothing in it is an indicator, and all of it is
  /// printed.
  package static func allowsPlain(_ text: Span<UInt8>) -> Bool { ScalarShape(text).allowsPlain }
}
