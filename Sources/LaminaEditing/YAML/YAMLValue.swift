internal import Lamina

/// A value that is to be written into a text, or that was read from one.
///
/// Values are compared by what they mean: quotes and the order of keys do not count, `1` and `"1"`
/// differ, and so do `1` and `01`, which are written differently.
public indirect enum YAMLValue: Sendable {
  /// Nothing, `~` or `null`.
  case null
  /// A text. It is written with quotes where a reader of YAML 1.1 or 1.2 would take it for something else.
  case string(String)
  /// A number or boolean, as it is written.
  case other(String)
  /// The items of a list.
  case sequence([YAMLValue])
  /// The keys of a mapping differ; their order does not count when values are compared.
  case mapping([Entry])

  /// A key and its value.
  public struct Entry: Sendable {
    /// The key as a text.
    public let key: String
    /// The value.
    public var value: YAMLValue

    /// An entry of a mapping.
    public init(_ key: String, _ value: YAMLValue) {
      self.key = key
      self.value = value
    }
  }
}

/// The way to a value: keys of mappings and numbers of items, counted from 0.
public enum PathStep: Sendable, Hashable {
  /// A key of a mapping.
  case key(String)
  /// The number of an item.
  case index(Int)
}

extension PathStep: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral {
  /// A key.
  public init(stringLiteral key: String) { self = .key(key) }
  /// The number of an item.
  public init(integerLiteral index: Int) { self = .index(index) }
}

extension YAMLValue {
  /// The text of a scalar; nil for null and for what is no scalar.
  public var text: String? {
    switch self {
    case .string(let text), .other(let text): text
    default: nil
    }
  }

  /// The items of a sequence; none of another value.
  public var items: [YAMLValue] {
    if case .sequence(let items) = self { items } else { [] }
  }

  /// The entries of a mapping; none of another value.
  public var entries: [Entry] {
    if case .mapping(let entries) = self { entries } else { [] }
  }

  /// Whether the value says nothing.
  public var isNull: Bool {
    if case .null = self { true } else { false }
  }

  /// The value of a key.
  ///
  /// Of several with the key, the last one.
  public subscript(key: String) -> YAMLValue? {
    entries.last { $0.key.hasBytes(of: key) }?.value
  }

  /// The value at a path.
  public func value(at path: some Collection<PathStep>) -> YAMLValue? {
    var value = self
    for step in path {
      switch step {
      case .key(let key):
        guard let next = value[key] else { return nil }
        value = next
      case .index(let index):
        guard value.items.indices.contains(index) else { return nil }
        value = value.items[index]
      }
    }
    return value
  }

  /// The value with another one at a path; nil removes what is there. An index one behind the last item
  /// appends.
  ///
  /// Mappings and lists that are missing on the way are made.
  func replacing(_ path: ArraySlice<PathStep>, with new: YAMLValue?) -> YAMLValue {
    guard let step = path.first else { return new ?? .null }
    let rest = path.dropFirst()
    switch step {
    case .key(let key):
      var entries = entries
      let place = entries.lastIndex { $0.key.hasBytes(of: key) }
      let value =
        rest.isEmpty ? new : (place.map { entries[$0].value } ?? .null).replacing(rest, with: new)
      if let value, let place {
        entries[place].value = value
      } else if let value {
        entries.append(Entry(key, value))
      } else {
        entries.removeAll { $0.key.hasBytes(of: key) }
      }
      return .mapping(entries)
    case .index(let index):
      var items = items
      let old = items.indices.contains(index) ? items[index] : .null
      let value = rest.isEmpty ? new : old.replacing(rest, with: new)
      if let value, items.indices.contains(index) {
        items[index] = value
      } else if let value {
        items.append(value)
      } else if items.indices.contains(index) {
        items.remove(at: index)
      }
      return .sequence(items)
    }
  }
}

extension YAMLValue: Equatable {
  /// Whether two values mean the same.
  public static func == (a: YAMLValue, b: YAMLValue) -> Bool {
    switch (a, b) {
    case (.null, .null): true
    case (.string(let a), .string(let b)), (.other(let a), .other(let b)):
      a.hasBytes(of: b)
    case (.sequence(let a), .sequence(let b)): a == b
    case (.mapping(let a), .mapping(let b)):
      a.count == b.count
        && zip(
          a.sorted { $0.key.precedes($1.key) }, b.sorted { $0.key.precedes($1.key) }
        ).allSatisfy { $0.key.hasBytes(of: $1.key) && $0.value == $1.value }
    default: false
    }
  }
}
