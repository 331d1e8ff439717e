/// The JSON Schema of a file, made from the table of fields, for editors that check and complete YAML with one.
///
/// Draft 7, which editors know. What kustomize builds is valid, for a reader of YAML 1.1 as kustomize's: names in
/// letters of either case, of which editors complete kustomize's spelling, and null and words without a meaning where
/// kustomize passes over them. `Scripts/check-schemas` holds the schema to that.
package enum FieldSchema {
  /// - Parameter owner: the kind of file.
  package static func bytes(of owner: FieldOwner, title: String) -> [UInt8] {
    var json = JSONWriter()
    json.object { json in
      json.field("$schema", "http://json-schema.org/draft-07/schema#")
      json.field("title", title)
      json.field("$ref", reference(to: owner))
      json.field("definitions") { json in
        json.object { json in
          for owner in reachable(from: owner) {
            json.field(owner.rawValue) { json in append(owner, to: &json) }
          }
        }
      }
    }
    return json.output + [UInt8(ascii: "\n")]
  }

  private static func reference(to owner: FieldOwner) -> String {
    "#/definitions/\(owner.rawValue)"
  }

  /// A kind of mapping and those that its fields hold, in the order of the table.
  private static func reachable(from owner: FieldOwner) -> [FieldOwner] {
    var found: Set<FieldOwner> = []
    var next = [owner]
    while let owner = next.popLast() {
      guard found.insert(owner).inserted else { continue }
      for row in owner.rows {
        switch row.shape {
        case .object(let owner), .objects(let owner): next.append(owner)
        default: break
        }
      }
    }
    return FieldOwner.allCases.filter(found.contains)
  }

  /// One kind of mapping.
  private static func append(_ owner: FieldOwner, to json: inout JSONWriter) {
    json.object { json in
      appendType("object", to: &json)
      json.field("properties") { json in
        json.object { json in
          for row in owner.rows {
            json.field(row.name) { json in append(row, to: &json) }
          }
        }
      }
      if !owner.takesOtherKeys {
        json.field("patternProperties") { json in
          json.object { $0.field(anyCase(of: owner.rows.map(\.name))) { $0.object { _ in } } }
        }
      }
      json.field("additionalProperties", owner.takesOtherKeys)
    }
  }

  private static func append(_ row: FieldRow, to json: inout JSONWriter) {
    json.object { json in
      json.field("description", description(of: row))
      appendShape(of: row, to: &json)
    }
  }

  /// A pattern for names in letters of either case: the patterns of a schema have no flag for that.
  private static func anyCase(of names: [String]) -> String {
    let patterns = names.map { name in
      name.map { letter in
        let (small, large) = (letter.lowercased(), letter.uppercased())
        return small == large ? small : "[\(small)\(large)]"
      }.joined()
    }
    return "^(\(patterns.joined(separator: "|")))$"
  }

  /// Null is allowed everywhere, as nothing behind a colon is.
  private static func appendType(_ name: String, to json: inout JSONWriter) {
    json.field("type") { $0.array(of: [name, "null"]) { json, type in json.string(type) } }
  }

  /// Any text, of which editors complete the known ones.
  private static func appendSuggestions(_ known: [String], to json: inout JSONWriter) {
    json.field("anyOf") { json in
      json.array(of: [true, false]) { json, isKnown in
        json.object { json in
          if isKnown {
            json.field("enum") { $0.array(of: known) { json, word in json.string(word) } }
          } else {
            appendType("string", to: &json)
          }
        }
      }
    }
  }

  private static func description(of row: FieldRow) -> String {
    var text = row.summary
    if let deprecation = row.deprecation {
      text += " Deprecated; use \(deprecation.replacement)."
    }
    // Older versions of kustomize are not in use any more.
    if let since = row.since, since.begins(with: "5.") { text += " Since kustomize \(since)." }
    if row.since == "next" { text += " Newer than kustomize v5.8.1." }
    return text
  }

  /// The type of a value, and the words that it may be.
  private static func appendShape(of row: FieldRow, to json: inout JSONWriter) {
    func type(_ name: String) { appendType(name, to: &json) }
    switch row.shape {
    case .text: type("string")
    case .word(let known) where row.takesOtherWords: appendSuggestions(known, to: &json)
    case .word(let known):
      // To kustomize an empty text is no word.
      let missing = row.since == nil ? ["null"] : ["\"\"", "null"]
      json.field("enum") { json in
        json.array(of: known.map { "\"\($0)\"" } + missing) { json, word in json.raw(word) }
      }
    case .flag: type("boolean")
    case .integer: type("integer")
    case .texts:
      type("array")
      json.field("items") { $0.object { appendType("string", to: &$0) } }
    case .words(let known):
      type("array")
      json.field("items") { $0.object { appendSuggestions(known, to: &$0) } }
    case .pairs:
      type("object")
      json.field("additionalProperties") { $0.object { appendType("string", to: &$0) } }
    case .mapping: type("object")
    case .levels: appendLevels(to: &json)
    case .levelsByPattern:
      type("object")
      json.field("additionalProperties") { json in json.object { appendLevels(to: &$0) } }
    case .object(let owner): json.field("$ref", reference(to: owner))
    case .objects(let owner):
      type("array")
      json.field("items") { $0.object { $0.field("$ref", reference(to: owner)) } }
    }
  }

  /// Keys are names of rules, also with something behind a `/`.
  private static func appendLevels(to json: inout JSONWriter) {
    let rules = DiagnosticID.allCases.filter(\.isRule).map(\.rawValue).sorted()
    let pattern = rules.map { $0.replacing(".", with: "\\.") }.joined(separator: "|")
    appendType("object", to: &json)
    json.field("propertyNames") { json in
      json.object { $0.field("pattern", "^(\(pattern))(/.+)?$") }
    }
    json.field("additionalProperties") { json in
      json.object { json in
        json.field("enum") { json in
          // A reader of YAML 1.1 takes the word `off` for a boolean.
          json.array(of: LintLevel.allCases.map { "\"\($0.rawValue)\"" } + ["false"]) {
            json, level in json.raw(level)
          }
        }
      }
    }
  }
}

extension FieldOwner {
  /// Keys that have no row are taken as well.
  fileprivate var takesOtherKeys: Bool { self == .openapi }
}

extension String {
  /// The text with another one in the place of each of a character.
  fileprivate func replacing(_ character: Character, with text: String) -> String {
    split(separator: character, omittingEmptySubsequences: false).joined(separator: text)
  }
}
