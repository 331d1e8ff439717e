/// The text of a kustomization file, and the changes that `kustomize edit` makes to one.
///
/// Every change takes as few bytes as possible (`YAMLEditor`) and means what kustomize's own means:
///
///     var editor = try KustomizationEditor(bytes)
///     try editor.setImages([try ImageArgument("app=registry.example.com/app:2.0")])
///     try editor.setNamespace("prod")
///     write(editor.bytes)
///
/// A change throws an `EditError` in kustomize's words where it refuses what was asked for. The text then
/// may hold a part of the change, and must not be written.
public struct KustomizationEditor: Sendable {
  /// The text and its meaning. Everything here is a change of values at paths; how they are written
  /// is this one's business.
  var editor: YAMLEditor

  /// What a person should be told, although nothing went wrong: an entry that is there already, or one that
  /// was to be removed and is not there.
  public internal(set) var notices: [String] = []

  /// Reads the text of a kustomization file, which may be empty.
  ///
  /// Fields are not checked: names that kustomize does not know stay as they are.
  public init(_ bytes: [UInt8]) throws(EditError) {
    editor = try YAMLEditor(bytes)
    switch editor.value {
    case .null, .mapping: break
    default: throw EditError("a kustomization is a mapping of fields")
    }
  }

  /// The text.
  public var bytes: [UInt8] { editor.bytes }

  /// What the file says.
  public var value: YAMLValue { editor.value }

  // MARK: - Single values

  /// Sets `namespace`; an empty one removes the field.
  public mutating func setNamespace(_ namespace: String) throws(EditError) {
    try setText(namespace, of: "namespace")
  }

  /// Sets `namePrefix`; an empty one removes the field.
  public mutating func setNamePrefix(_ prefix: String) throws(EditError) {
    try setText(prefix, of: "namePrefix")
  }

  /// Sets `nameSuffix`; an empty one removes the field.
  public mutating func setNameSuffix(_ suffix: String) throws(EditError) {
    try setText(suffix, of: "nameSuffix")
  }

  /// A field that is empty already says the same as none, and stays.
  private mutating func setText(_ text: String, of field: String) throws(EditError) {
    if text.isEmpty {
      guard value(of: field)?.text?.isEmpty == false else { return }
      return try removeField(field)
    }
    try set(.string(text), at: [name(of: field)])
  }

  // MARK: - Fields

  /// The key that the file uses for a field: kustomize takes it in any case, and of several the one that is
  /// last in the order of bytes.
  func name(of field: String) -> PathStep { .key(Self.spelling(of: field, in: value)) }

  /// The key of a mapping that stands for a field; the field's own name where there is none.
  static func spelling(of field: String, in mapping: YAMLValue) -> String {
    let wanted = field.lowercased()
    return mapping.entries.map(\.key).filter { $0.lowercased() == wanted }
      .max { $0.utf8.lexicographicallyPrecedes($1.utf8) } ?? field
  }

  /// The value of a field of the kustomization, in whatever case it is written.
  func value(of field: String) -> YAMLValue? { editor.value.value(at: [name(of: field)]) }

  /// Sets a value, with a missing field at its customary place.
  mutating func set(_ value: YAMLValue, at path: [PathStep]) throws(EditError) {
    try editor.set(value, at: path, order: path.count == 1 ? FieldOrder.kustomization : [])
  }

  /// Appends to a list of the kustomization, which is made at its customary place.
  mutating func append(_ items: [YAMLValue], to field: String) throws(EditError) {
    try editor.append(items, to: [name(of: field)], order: FieldOrder.kustomization)
  }

  /// Removes a field with the comment that belongs to it.
  mutating func removeField(_ field: String) throws(EditError) {
    try editor.remove([name(of: field)], comment: true)
  }

  /// Removes the items of a list with these numbers; with the last one, the field.
  ///
  /// From the last one, so that the numbers of those before stay right.
  mutating func removeItems(_ numbers: [Int], of field: String) throws(EditError) {
    if numbers.isEmpty { return }
    if numbers.count == value(of: field)?.items.count { return try removeField(field) }
    for number in numbers.sorted(by: >) {
      try editor.remove([name(of: field), .index(number)])
    }
  }
}

extension YAMLValue {
  /// The value of a field that may be spelled in any case.
  func field(_ name: String) -> YAMLValue? {
    self[KustomizationEditor.spelling(of: name, in: self)]
  }

  /// The text of a field; empty where there is none.
  func text(of field: String) -> String { self.field(field)?.text ?? "" }

  /// Whether the value is `true`, with or without quotes.
  var isTrue: Bool { text == "true" }
}
