package import Lamina
internal import LaminaDiff

/// A rendered field that a line reaches, in words for one line.
package struct ReachedValue: Sendable {
  /// `Deployment/web`
  package let object: String
  package let path: String
  /// The text of a scalar as it may be shown; nil for a collection.
  package let value: String?
  /// What wrote the value last, such as `patch`; empty for a value of a file of the root's own layer.
  package let deed: String
  /// Where that stands.
  package let place: Diagnostic.Location?
  /// The line's value is the one that is printed.
  package let decides: Bool
}

extension Explainer {
  /// The first fields that a line reaches, with their values, and how many more there are.
  package func values(
    of root: ReachedFields.Root, limit: Int
  ) -> (values: [ReachedValue], more: Int) {
    var values: [ReachedValue] = []
    var count = 0
    for object in root.objects {
      for field in object.fields where !field.removes {
        count += 1
        guard values.count < limit, let query = FieldQuery(field.path.description),
          let found = self.object(at: object.index, .fields(query)).fields
            .first(where: { $0.path == field.path }), let write = found.writes.last
        else { continue }
        values.append(
          ReachedValue(
            object: ShownText.line("\(object.id.kind)/\(object.id.name)"),
            path: ShownText.line(field.path.description), value: found.value.line,
            deed: WriteText.deed(write), place: write.write.origin, decides: field.decides))
      }
    }
    return (values, count - values.count)
  }
}
