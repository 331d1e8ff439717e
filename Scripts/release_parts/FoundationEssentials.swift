// What swift-argument-parser imports of Foundation, and no more: it stands in for the module of that name while a
// release is built. The whole module makes the program a quarter larger (Docs/RELEASE.md), for a protocol that no error
// here has and for the JSON of the parser's `--experimental-dump-help`, of which the manual pages are made.

public protocol LocalizedError: Error {
  var errorDescription: String? { get }
}

public final class JSONEncoder {
  /// JSON on one line with members as they come, whatever is asked for.
  public struct OutputFormatting: OptionSet, Sendable {
    public let rawValue: Int
    public init(rawValue: Int) { self.rawValue = rawValue }
    public static let prettyPrinted = OutputFormatting(rawValue: 1)
    public static let sortedKeys = OutputFormatting(rawValue: 2)
  }

  public var outputFormatting: OutputFormatting = []
  public init() {}

  public func encode(_ value: some Encodable) throws -> Data {
    let place = Place()
    try place.set(value)
    return Data(text: place.json)
  }
}

public struct Data {
  fileprivate let text: String
}

extension String {
  public enum Encoding { case utf8 }
  public init?(data: Data, encoding: Encoding) { self = data.text }
}

/// Where one value goes.
private final class Place {
  private var text = "null"
  private var members: [(name: String, value: Place)]?
  private var elements: [Place]?

  var json: String {
    if let members {
      let list = members.map { "\(Self.quoted($0.name)):\($0.value.json)" }
      return "{\(list.joined(separator: ","))}"
    }
    return elements.map { "[\($0.map(\.json).joined(separator: ","))]" } ?? text
  }

  func set<Value: Encodable>(_ value: Value) throws {
    switch value {
    case let value as String: text = Self.quoted(value)
    case let value as Bool: text = "\(value)"
    case let value as any BinaryInteger: text = "\(value)"
    default: try value.encode(to: PlaceEncoder(place: self))
    }
  }

  func beginObject() { members = members ?? [] }

  func beginArray() { elements = elements ?? [] }

  func member(_ name: String) -> Place {
    let place = Place()
    members?.append((name, place))
    return place
  }

  func element() -> Place {
    let place = Place()
    elements?.append(place)
    return place
  }

  var count: Int { elements?.count ?? 0 }

  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": result += "\\\(scalar)"
      case "\u{0}"..<" ":
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}

private struct PlaceEncoder: Encoder, SingleValueEncodingContainer, UnkeyedEncodingContainer {
  let place: Place
  var codingPath: [any CodingKey] { [] }
  var userInfo: [CodingUserInfoKey: Any] { [:] }
  var count: Int { place.count }
  /// Whether values are elements of the place and not the place's own.
  var isArray = false

  func container<Key>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
    place.beginObject()
    return KeyedEncodingContainer(Members<Key>(place: place))
  }

  func unkeyedContainer() -> any UnkeyedEncodingContainer {
    place.beginArray()
    return PlaceEncoder(place: place, isArray: true)
  }

  func singleValueContainer() -> any SingleValueEncodingContainer { self }

  func encodeNil() { if isArray { _ = place.element() } }

  func encode<Value: Encodable>(_ value: Value) throws {
    try (isArray ? place.element() : place).set(value)
  }

  func nestedContainer<Key>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
    PlaceEncoder(place: place.element()).container(keyedBy: type)
  }

  func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer {
    PlaceEncoder(place: place.element()).unkeyedContainer()
  }

  func superEncoder() -> any Encoder { PlaceEncoder(place: place.element()) }
}

private struct Members<Key: CodingKey>: KeyedEncodingContainerProtocol {
  let place: Place
  var codingPath: [any CodingKey] { [] }

  func encodeNil(forKey key: Key) { _ = place.member(key.stringValue) }

  func encode<Value: Encodable>(_ value: Value, forKey key: Key) throws {
    try place.member(key.stringValue).set(value)
  }

  func nestedContainer<Nested>(
    keyedBy type: Nested.Type, forKey key: Key
  ) -> KeyedEncodingContainer<Nested> {
    PlaceEncoder(place: place.member(key.stringValue)).container(keyedBy: type)
  }

  func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
    PlaceEncoder(place: place.member(key.stringValue)).unkeyedContainer()
  }

  func superEncoder() -> any Encoder { PlaceEncoder(place: place.member("super")) }

  func superEncoder(forKey key: Key) -> any Encoder {
    PlaceEncoder(place: place.member(key.stringValue))
  }
}
