package import Lamina

/// One field of a resource that differs.
package struct FieldChange: Sendable {
  package enum Kind: Sendable {
    case added(ManifestValue)
    case removed(ManifestValue)
    case changed(ManifestValue, ManifestValue)
    /// A string of several lines, or one that holds JSON, whose lines differ.
    case text(LineDiff)
    /// A list with the same elements in another order, each in a few words.
    case reordered([String], [String])
  }

  package let path: ChangedPath
  package let kind: Kind
  /// Where the old and the new value were written, for what was rendered here.
  package let oldOrigin: Diagnostic.Location?
  package let newOrigin: Diagnostic.Location?

  package init(
    path: ChangedPath, kind: Kind, oldOrigin: Diagnostic.Location? = nil,
    newOrigin: Diagnostic.Location? = nil
  ) {
    self.path = path
    self.kind = kind
    self.oldOrigin = oldOrigin
    self.newOrigin = newOrigin
  }
}

/// The way to a field that differs: `spec.template.spec.containers[name=app].image`.
package struct ChangedPath: Sendable, Hashable {
  package enum Step: Sendable, Hashable {
    case key(String)
    /// The element at this place, from 0, of a list without merge keys.
    case index(Int)
    /// The element whose merge keys have these values.
    case element([KeyValue])
  }

  package struct KeyValue: Sendable, Hashable {
    package let key: String
    package let value: String

    package init(key: String, value: String) {
      self.key = key
      self.value = value
    }
  }

  package var steps: [Step]

  package init(_ steps: [Step] = []) { self.steps = steps }
}

extension ChangedPath: CustomStringConvertible {
  /// Keys with dots between them; those that hold anything but letters, digits, `-`, `_` and `$` stand
  /// in brackets and quotes: `metadata.annotations["example.com/owner"]`. What this prints can be read
  /// as an `IgnoreRule`.
  package var description: String {
    var text = ""
    for step in steps {
      switch step {
      case .key(let key) where key.utf8.allSatisfy(Self.isPlain) && !key.isEmpty:
        text += text.isEmpty ? key : ".\(key)"
      case .key(let key): text += "[\(Self.quoted(key))]"
      case .index(let index): text += "[\(index)]"
      case .element(let keys):
        text += "[\(keys.map { "\($0.key)=\(Self.value($0.value))" }.joined(separator: ","))]"
      }
    }
    return text
  }

  /// The value of a merge key, in quotes where it would not be known for one otherwise.
  private static func value(_ text: String) -> String {
    let needsQuotes = text.utf8.contains {
      $0 == UInt8(ascii: "]") || $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: "\"")
    }
    return needsQuotes ? quoted(text) : text
  }

  private static func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      if scalar == "\\" || scalar == "\"" { quoted += "\\" }
      quoted.unicodeScalars.append(scalar)
    }
    return quoted + "\""
  }

  private static func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"),
      UInt8(ascii: "$"):
      true
    default: false
    }
  }
}
