/// The path to a field that differs: `spec.template.spec.containers[name=app].image`.
package struct ChangedPath: Sendable, Hashable {
  package typealias Step = PathStep<String>
  package typealias KeyValue = Step.KeyValue

  package var steps: [Step]

  package init(_ steps: [Step] = []) { self.steps = steps }
}

/// One step of a path as reports print it: of a path that leads to one field, with its texts as they are,
/// or of a `PathPattern`, with globs for them.
package enum PathStep<Text: Sendable & Hashable>: Sendable, Hashable {
  case key(Text)
  /// The element at this place, from 0, of a list without merge keys.
  case index(Int)
  /// The element whose merge keys have these values.
  case element([KeyValue])

  package struct KeyValue: Sendable, Hashable {
    package let key: String
    package let value: Text

    package init(key: String, value: Text) {
      self.key = key
      self.value = value
    }
  }
}
