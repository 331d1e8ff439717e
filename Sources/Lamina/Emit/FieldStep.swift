/// One step on the way to a field.
public enum FieldStep: Sendable, Hashable {
  /// Into the value of a mapping's key.
  case key(String)
  /// Into an element of a list; the first has 0.
  case index(Int)
}

extension FieldStep: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral {
  public init(stringLiteral key: String) { self = .key(key) }
  public init(integerLiteral index: Int) { self = .index(index) }
}
