/// What values of a field are.
enum ValueType: Sendable, Equatable {
  case string
  case integer
  case number
  case boolean
  /// An amount such as `500m` or `1Gi`.
  case quantity
  case integerOrString
  /// A mapping with any fields.
  case mapping
  case anything
  /// A line of `KubernetesTable.types`.
  case line(Int)

  /// Reads a letter or the number of a line.
  ///
  /// Nothing is `anything`, so that a type the generator left out forbids nothing.
  init(_ text: ArraySlice<UInt8>) {
    switch text.first {
    case UInt8(ascii: "s"): self = .string
    case UInt8(ascii: "i"): self = .integer
    case UInt8(ascii: "n"): self = .number
    case UInt8(ascii: "b"): self = .boolean
    case UInt8(ascii: "q"): self = .quantity
    case UInt8(ascii: "p"): self = .integerOrString
    case UInt8(ascii: "o"): self = .mapping
    case UInt8(ascii: "a"), nil: self = .anything
    default: self = .line(text.reduce(0) { $0 * 10 + Int($1) - Int(UInt8(ascii: "0")) })
    }
  }
}
