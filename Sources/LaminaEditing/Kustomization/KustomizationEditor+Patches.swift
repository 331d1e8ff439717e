internal import Lamina

/// A patch as the commands take it.
///
/// It has a path or a text; the command refuses both and neither
/// (kustomize/commands/edit/add/addpatch.go).
public struct PatchArgument: Sendable, Equatable {
  /// The file, where the patch is in one.
  public var path = ""
  /// The text, where it is not.
  public var patch = ""
  /// The fields of `target` that say something, in the order in which they are written.
  public var target: [(field: String, value: String)] = []

  /// A patch; fields of the target without a value are left out.
  public init(path: String = "", patch: String = "", target: [(field: String, value: String)] = [])
  {
    self.path = path
    self.patch = patch
    self.target = target.filter { !$0.value.isEmpty }
  }

  /// Whether two patches say the same.
  public static func == (a: PatchArgument, b: PatchArgument) -> Bool { a.value == b.value }

  /// The entry that says this.
  fileprivate var value: YAMLValue {
    var entries: [YAMLValue.Entry] = []
    if !path.isEmpty { entries.append(.init("path", .string(path))) }
    if !patch.isEmpty { entries.append(.init("patch", .string(patch))) }
    if !target.isEmpty {
      entries.append(
        .init("target", .mapping(target.map { .init($0.field, .string($0.value)) })))
    }
    return .mapping(entries)
  }

  /// All that a target can say, in kustomize's order.
  fileprivate static let targetFields = [
    "group", "version", "kind", "name", "namespace", "annotationSelector", "labelSelector",
  ]

  /// Whether an entry of `patches` says the same and no more.
  ///
  /// Source: api/types/patch.go `Equals`. Entries with options never equal an argument, which has
  /// none.
  fileprivate func equals(_ entry: YAMLValue) -> Bool {
    guard entry.text(of: "path").hasBytes(of: path), entry.text(of: "patch").hasBytes(of: patch),
      entry.field("options")?.entries.isEmpty ?? true
    else { return false }
    let written = entry.field("target")
    if (written?.isNull ?? true) != target.isEmpty { return false }
    return Self.targetFields.allSatisfy { name in
      (written?.text(of: name) ?? "")
        .hasBytes(of: target.first { $0.field == name }?.value ?? "")
    }
  }
}

extension KustomizationEditor {
  /// Appends an entry to `patches`, unless there is one that equals it.
  public mutating func addPatch(_ patch: PatchArgument) throws(EditError) {
    if value(of: "patches")?.items.contains(where: patch.equals) ?? false {
      notices.append("patch \(patch.path)\(patch.patch) already in kustomization file")
      return
    }
    try append([patch.value], to: "patches")
  }

  /// Removes the entries of `patches` that equal a patch, their targets among it.
  public mutating func removePatch(_ patch: PatchArgument) throws(EditError) {
    let items = value(of: "patches")?.items ?? []
    let found = items.indices.filter { patch.equals(items[$0]) }
    if found.isEmpty {
      notices.append("patch \(patch.patch) doesn't exist in kustomization file")
    }
    try removeItems(found, of: "patches")
  }
}
