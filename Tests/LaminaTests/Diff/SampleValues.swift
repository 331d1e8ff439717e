import LaminaDiff

// Values as a test writes them: `["replicas": 3, "args": ["-v"]]`.

extension ManifestValue: ExpressibleByUnicodeScalarLiteral {}
extension ManifestValue: ExpressibleByExtendedGraphemeClusterLiteral {}
extension ManifestValue: ExpressibleByStringLiteral {
  init(stringLiteral text: String) { self = .string(text) }
}

extension ManifestValue: ExpressibleByIntegerLiteral {
  init(integerLiteral number: Int) { self = .number("\(number)") }
}

extension ManifestValue: ExpressibleByBooleanLiteral {
  init(booleanLiteral isTrue: Bool) { self = .bool(isTrue) }
}

extension ManifestValue: ExpressibleByNilLiteral {
  init(nilLiteral: ()) { self = .null }
}

extension ManifestValue: ExpressibleByArrayLiteral {
  init(arrayLiteral elements: ManifestValue...) { self = .list(elements) }
}

extension ManifestValue: ExpressibleByDictionaryLiteral {
  init(dictionaryLiteral entries: (String, ManifestValue)...) {
    self = .mapping(entries.map { Entry(key: $0, value: $1) })
  }
}
