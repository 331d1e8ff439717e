import Lamina
import LaminaEditing

/// An object on its way through functions. What they are told of its place stands beside it, and only what
/// they read holds it as annotations.
struct FunctionItem {
  /// The text with its comments; ends with a line break.
  var text: [UInt8]
  var value: YAMLValue
  /// The path of its file in the package; nil where nobody has given it one.
  var path: String?
  /// Its place in the file, as a function may have written it.
  var index: String?
  /// The number of the object of the package that it was; nil where a function made it.
  var origin: Int?

  var kind: String { value["kind"]?.text ?? "" }

  /// Where kyaml puts an object without a path (kio/kioutil/kioutil.go `CreatePathAnnotationValue`).
  func usualPath(in directory: String) -> String {
    let name = value["metadata"]?["name"]?.text ?? ""
    let namespace = value["metadata"]?["namespace"]?.text ?? ""
    let parts = [directory, namespace, "\(kind.lowercasedAsInGo)_\(name).yaml"]
    return Path.clean(parts.filter { !$0.isEmpty }.joined(separator: "/"))
  }
}

/// The annotations by which kyaml tells functions where objects come from. There are two for each fact, a new
/// one and an older one.
struct FunctionNotes {
  /// Named without their domains.
  private static let names = ["path", "index", "id"]
  private static let internalDomain = "internal.config.kubernetes.io/"
  private static let migration = internalDomain + "annotations-migration-resource-id"
  private static let indent = internalDomain + "seqindent"

  private static func legacy(_ name: String) -> String {
    name == "id" ? "config.k8s.io/id" : "config.kubernetes.io/\(name)"
  }

  private static var all: Set<ByteText> {
    Set(texts: names.flatMap { [internalDomain + $0, legacy($0)] } + [migration, indent])
  }

  /// The annotations of an item that a function reads.
  ///
  /// - Parameters:
  ///   - id: its number in the list, from 1.
  ///   - number: its number among all objects, of which the function may not read each.
  static func entries(
    of item: FunctionItem, id: Int? = nil, number: Int? = nil
  ) -> [YAMLValue.Entry] {
    let place = [("index", item.index), ("path", item.path)]
    var result: [(String, String)] = []
    for domain in ["config.kubernetes.io/", internalDomain] {
      for (name, text) in place { if let text { result.append((domain + name, text)) } }
    }
    if let number { result.append((migration, "\(number)")) }
    if let id { result += [(internalDomain + "id", "\(id)"), (legacy("id"), "\(id)")] }
    return result.map { YAMLValue.Entry($0.0, .string($0.1)) }
  }

  /// The annotations that a printed object has.
  private let found: [ByteText: String]

  init(_ value: YAMLValue) {
    let annotations = value["metadata"]?["annotations"]?.entries ?? []
    found = Dictionary(
      annotations.filter { Self.all.contains($0.key) }
        .map { (ByteText($0.key), $0.value.text ?? "") },
      uniquingKeysWith: { $1 })
  }

  /// The number in the list that the function read of the object that this one was.
  var id: Int? { text("id").flatMap { Int($0) } }

  /// The number among all objects of the one that this one was.
  var number: Int? { found[Self.migration].flatMap { Int($0) } }

  private func text(_ name: String) -> String? {
    let texts = [found[Self.internalDomain + name], found[Self.legacy(name)]].compactMap { $0 }
    return texts.first { !$0.isEmpty }
  }

  /// A fact of which a function may have changed either annotation (kio/kio.go `checkAnnotationsAltered`).
  ///
  /// - Parameter original: what both said before.
  func text(_ name: String, changedFrom original: String?) throws(CommandFailure) -> String? {
    let new = found[Self.internalDomain + name] ?? ""
    let old = found[Self.legacy(name)] ?? ""
    guard !new.isEmpty, !old.isEmpty, !new.hasBytes(of: old) else { return text(name) }
    if old.hasBytes(of: original) { return new }
    if new.hasBytes(of: original) { return old }
    throw CommandFailure(
      "resource input to function has mismatched legacy and internal \(name) annotations",
      details: ["  \"\(new)\" and \"\(old)\""], showsUsage: false)
  }

  /// The value without all of them. What held nothing else goes with them, unless the object had it before.
  static func removed(from value: YAMLValue, like original: YAMLValue?) -> YAMLValue {
    guard let annotations = value["metadata"]?["annotations"], case .mapping(let entries) = value
    else { return value }
    let rest = annotations.entries.filter { !all.contains($0.key) }
    if rest.count == annotations.entries.count { return value }
    var metadata = value["metadata"]?.entries ?? []
    let hadAnnotations = original?["metadata"]?["annotations"]
    if rest.isEmpty, hadAnnotations?.entries.allSatisfy({ all.contains($0.key) }) ?? true {
      // Notes that a file holds itself stay there.
      metadata.removeAll { $0.key == "annotations" }
      if let hadAnnotations { metadata.append(YAMLValue.Entry("annotations", hadAnnotations)) }
    } else {
      let kept = (hadAnnotations?.entries ?? []).filter { all.contains($0.key) }
      for index in metadata.indices where metadata[index].key == "annotations" {
        metadata[index].value = .mapping(rest + kept)
      }
    }
    let isEmpty = metadata.isEmpty && original.map { $0["metadata"] == nil } ?? true
    return .mapping(
      entries.compactMap { entry in
        if entry.key != "metadata" { return entry }
        return isEmpty ? nil : YAMLValue.Entry("metadata", .mapping(metadata))
      })
  }
}
