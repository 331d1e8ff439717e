/// The number of a node in its `Tree`.
package struct NodeID: Hashable, NumberedKey {
  let raw: UInt32

  func mix(into hash: inout NumberHash) { hash.combine(UInt64(raw)) }
}

/// One value of a document: a scalar, a mapping or a sequence, in 24 bytes.
///
/// Nodes live in one array (`Tree`) and name each other by number. The values of a collection form
/// a chain through `next`; a value in a mapping carries its own key. A key is so never a node: what
/// kustomize would need to know of it beyond its text is kept in two flags.
///
///     metadata:            mapping  key=metadata  first ──► scalar key=name  "web"
///       name: web                                            │ next
///       labels: {}                                           ▼
///                                                           mapping key=labels, no children
package struct Node {
  package enum Shape: UInt8 {
    case scalar
    case mapping
    case sequence
  }

  /// How the value and its key were written. The readers (`YAML`) set what they see in the file; `Settling` and
  /// `TreePrinter` read most of it, others are named below.
  struct Flags: OptionSet {
    let rawValue: UInt16

    /// The scalar was written in quotes or as a block: it is text whatever it looks like. Steps that write texts set
    /// it where go-yaml would add quotes (`EncodedStringStyle`).
    static let quoted = Flags(rawValue: 1)
    /// The file names the tag (`!!str 1`). JSON patches set it on a null of theirs, which is another thing than a null
    /// of the object (`JSONPatchRun`).
    static let explicitTag = Flags(rawValue: 2)
    /// Other nodes are overwritten with this one: kustomize hangs one label into several places (`Tree+Twins.swift`).
    static let twin = Flags(rawValue: 4)
    /// The key would be read back as something else than a string; Go cannot turn such maps to JSON. `JSONTrip` and
    /// the decoder of fields ask for it.
    static let keyIsNotText = Flags(rawValue: 8)
    /// The key is null (`~: x`). Strategic merges and passes through JSON ask for it.
    static let keyIsNull = Flags(rawValue: 16)

    /// The scalar was written as a block, `|` or `>`; it is `quoted` as well. Messages read `literal`, too: the lines
    /// of such a text are lines of the file (`SourceMap+Parts.swift`).
    static let literal = Flags(rawValue: 32)
    static let folded = Flags(rawValue: 64)

    /// The key was written without quotes: YAML 1.1 may take it for a boolean. Read where kustomize's decoder and its
    /// passes through JSON read keys once more.
    static let keyIsPlain = Flags(rawValue: 128)
    /// A collection was written as `{…}` or `[…]`. Shares its bit with a scalar's `quoted`: a node is one of the two.
    static let flow = Flags(rawValue: 1)

    /// The scalar is `quoted` in single quotes. Like the quotes of keys, this shows only where a value is copied into
    /// YAML that is held in text (`EmbeddedPrinter`), and in hashes of other kinds (`NodeHash`).
    static let singleQuoted = Flags(rawValue: 256)
    static let keyIsSingleQuoted = Flags(rawValue: 512)
    static let keyIsDoubleQuoted = Flags(rawValue: 1024)

    /// The `explicitTag` is only there because the value cannot do without it. That goes with the value, while a tag
    /// that a file names stays with the place, like quotes. Only `Tree.overwrite` sets and reads it.
    static let tagOfValue = Flags(rawValue: 2048)

    /// The value is a copy of what an alias names. Only readers that are asked to say so set it: the values of charts,
    /// which kustomize merges without resolving aliases.
    static let alias = Flags(rawValue: 4096)

    /// kustomize has made the node anew, though it looks as before: it has no place in a file. Set by keyed merges and
    /// passes through JSON, read where places are hashed (`NodeHash`).
    static let remade = Flags(rawValue: 8192)

    /// The key was written as a block behind `?`, which printing and reading may change (`Tree.rereading(ofKeyOf:)`).
    static let keyIsLiteral = Flags(rawValue: 16384)
    static let keyIsFolded = Flags(rawValue: 32768)

    static let ofKey: Flags = [
      .keyIsNotText, .keyIsNull, .keyIsPlain, .keyIsSingleQuoted, .keyIsDoubleQuoted,
      .keyIsLiteral, .keyIsFolded,
    ]
  }

  var shape: Shape
  var tag: ScalarTag
  var flags: Flags
  /// The key, where the parent is a mapping.
  var key: Symbol
  /// What wrote the value.
  var writer: Writer
  /// The next value of the same collection, 0 at its end.
  var next: UInt32
  /// A scalar's text starts here; a collection's first value, or 0.
  var first: UInt32
  /// The number of a scalar's bytes; a collection's last value, or 0.
  var last: UInt32
}
