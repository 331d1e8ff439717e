internal import Lamina
internal import LaminaDiff

/// Explanations for programs: one document, whose fields Docs/EXPLAIN.md lists.
///
/// Fields may be added under the same version. Whatever else would break a reader makes a new one.
package enum JSONExplanation {
  static let version = 1

  package static func bytes(of explanations: [Explanation]) -> [UInt8] {
    var json = JSONWriter()
    json.object { json in
      json.field("version", version)
      json.field("roots") { json in
        json.array(of: explanations) { json, explanation in
          var known = RepeatedEntries()
          json.write(explanation, &known)
        }
      }
    }
    return json.output + [UInt8(ascii: "\n")]
  }

  package static func bytes(of reached: ReachedFields) -> [UInt8] {
    var json = JSONWriter()
    json.object { json in
      json.field("version", version)
      json.field("file", reached.file)
      json.field("line", reached.line)
      if let column = reached.column { json.field("column", column) }
      json.field("read", reached.isRead)
      json.field("roots") { $0.array(of: reached.roots) { $0.write($1) } }
    }
    return json.output + [UInt8(ascii: "\n")]
  }
}

extension JSONWriter {
  /// - Parameter known: what writes by the same edit have in common, which is most of their text.
  fileprivate mutating func write(_ explanation: Explanation, _ known: inout RepeatedEntries) {
    object { json in
      json.field("root", explanation.root)
      json.field("objects") { $0.array(of: explanation.objects) { $0.write($1, &known) } }
      json.field("deleted") { json in
        json.array(of: explanation.deleted) { json, deletion in
          json.object { json in
            json.identify(deletion.id)
            json.field("removal") {
              $0.write(
                ExplainedWrite(write: deletion.removal, value: .mapping, followed: nil), &known)
            }
          }
        }
      }
    }
  }

  private mutating func write(_ object: ExplainedObject, _ known: inout RepeatedEntries) {
    self.object { json in
      json.identify(object.id)
      if let place = object.place { json.field("place") { $0.write(place) } }
      json.field("fields") { $0.array(of: object.fields) { $0.write($1, &known) } }
      if !object.hashed.isEmpty {
        json.field("hashed") { $0.array(of: object.hashed) { $0.string($1.path.description) } }
      }
      json.field("removed") { json in
        json.array(of: object.removed) { json, removed in
          json.object { json in
            json.field("path", removed.path.description)
            json.write(removed.value)
            json.field("writes") { $0.array(of: removed.writes) { $0.write($1, &known) } }
            json.field("removal") { $0.write(removed.removal, &known) }
          }
        }
      }
    }
  }

  private mutating func write(_ field: ExplainedField, _ known: inout RepeatedEntries) {
    object { json in
      json.field("path", field.path.description)
      json.field("steps") { json in
        json.array(of: field.path.steps) { json, step in
          switch step {
          case .key(let key): json.string(key)
          case .index(let index): json.raw("\(index)")
          case .element(let keys):
            json.object { json in for key in keys { json.field(key.key, key.value) } }
          }
        }
      }
      json.write(field.value)
      json.field("writes") { $0.array(of: field.writes) { $0.write($1, &known) } }
    }
  }

  fileprivate mutating func identify(_ id: RenderedResource.Identity) {
    field("apiVersion", id.group.isEmpty ? id.version : "\(id.group)/\(id.version)")
    field("kind", id.kind)
    if !id.namespace.isEmpty { field("namespace", id.namespace) }
    field("name", id.name)
  }

  private mutating func write(_ value: ShownValue) {
    switch value {
    case .text(let text): field("value", text)
    case .null: field("value") { $0.raw("null") }
    case .secret(let count): field("secretBytes", count)
    case .mapping, .list: break
    }
  }

  private mutating func write(_ explained: ExplainedWrite, _ known: inout RepeatedEntries) {
    let write = explained.write
    object { json in
      json.field("kind", write.kind)
      if let operation = write.operation { json.field("operation", operation.word) }
      json.write(explained.value)
      if let origin = write.origin {
        json.field("file", origin.file)
        json.field("line", origin.line)
        json.field("column", origin.column)
      }
      if let place = write.operation?.place {
        json.field("operationPlace") { $0.write(place) }
      }
      if explained.followed == nil, let edit = write.edit {
        json.repeated(edit, &known) { $0.writeAsked(explained) }
      } else {
        json.writeAsked(explained)
      }
    }
  }

  /// What asked for a write.
  private mutating func writeAsked(_ explained: ExplainedWrite) {
    let write = explained.write
    if let entry = write.entry { field("entry") { $0.write(entry) } }
    if let followed = explained.followed { field("follows") { $0.write(followed) } }
    if write.layers.isEmpty { return }
    field("layers") { json in
      json.array(of: write.layers) { json, layer in
        json.object { json in
          json.field("directory", layer.directory)
          if let asked = layer.asked { json.field("usedBy") { $0.write(asked) } }
        }
      }
    }
  }

  private mutating func write(_ followed: ExplainedWrite.Followed) {
    object { json in
      if let object = followed.object {
        json.field("object") { json in json.object { $0.identify(object) } }
        json.field("path", followed.path.description)
      }
      if let place = followed.place { json.field("place") { $0.write(place) } }
    }
  }

  private mutating func write(_ location: Diagnostic.Location) {
    object { json in
      json.field("file", location.file)
      json.field("line", location.line)
      json.field("column", location.column)
    }
  }

  fileprivate mutating func write(_ root: ReachedFields.Root) {
    object { json in
      json.field("root", root.name)
      json.field("objects") { json in
        json.array(of: root.objects) { json, object in
          json.object { json in
            json.identify(object.id)
            json.field("whole", object.isWhole)
            json.field("fields") { json in
              json.array(of: object.fields) { json, reached in
                json.object { json in
                  json.field("path", reached.path.description)
                  json.field("decides", reached.decides)
                  json.field("removes", reached.removes)
                }
              }
            }
          }
        }
      }
      if !root.deleted.isEmpty {
        json.field("deleted") { json in
          json.array(of: root.deleted) { json, id in json.object { $0.identify(id) } }
        }
      }
    }
  }
}
