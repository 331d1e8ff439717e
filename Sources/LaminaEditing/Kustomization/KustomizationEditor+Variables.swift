import Lamina
import LaminaSyntax

extension KustomizationEditor {
  /// A file whose text a change needs.
  public struct ChangedFile: Sendable {
    /// The path from the kustomization's directory.
    public let path: String
    /// Its text as it is.
    public let old: [UInt8]
    /// Its text as it is to be.
    public let new: [UInt8]
  }

  /// Makes replacements of `vars`: each `$(NAME)` in the files that the kustomization and its bases list
  /// becomes a target, and the text there `NAME_PLACEHOLDER`.
  ///
  /// Source: kustomize/commands/edit/fix/convert.go. Variables that other kustomizations use are not seen,
  /// so the caller must compare what is rendered before and after.
  ///
  /// - Parameter read: the bytes of a file, by its path from the directory; nil where there is none.
  /// - Returns: the files that change with it. Nothing is written.
  public mutating func convertVariables(
    read: (String) -> [UInt8]?
  ) throws(EditError) -> [ChangedFile] {
    let variables = (value(of: "vars")?.items ?? []).map(Variable.init)
    if variables.isEmpty { return [] }
    var files = try VariableFiles(value, read: read)
    var replacements: [YAMLValue] = []
    for variable in variables {
      let targets = try files.replace(variable)
      replacements.append(
        .mapping(
          [.init("source", variable.source)]
            + (targets.isEmpty ? [] : [.init("targets", .sequence(targets))])))
    }
    try append(replacements, to: "replacements")
    try removeField("vars")
    return files.changed
  }
}

extension KustomizationEditor {
  /// The directories of bases that have `vars` of their own, which belong to these.
  package func basesWithVariables(read: (String) -> [UInt8]?) throws(EditError) -> [String] {
    try VariableFiles(value, read: read).basesWithVariables
  }
}

/// An entry of `vars`.
///
/// As for `vars` themselves, an entry without a field means the object's name.
private struct Variable {
  let name: String
  let source: YAMLValue

  /// `$(NAME)`
  var reference: [UInt8] { Array("$(\(name))".utf8) }
  var placeholder: String { "\(name)_PLACEHOLDER" }

  init(_ entry: YAMLValue) {
    name = entry.text(of: "name")
    let object = entry.field("objref") ?? .null
    let (group, version) = GroupVersion.split(object.text(of: "apiVersion"))
    let path = entry.field("fieldref")?.text(of: "fieldpath") ?? ""
    source = TargetFields.mapping([
      ("group", group), ("version", version), ("kind", object.text(of: "kind")),
      ("name", object.text(of: "name")), ("namespace", object.text(of: "namespace")),
      ("fieldPath", path.isEmpty ? "metadata.name" : path),
    ])
  }
}

/// The two parts of an `apiVersion`.
private enum GroupVersion {
  /// Without a slash it is a version of the core group (kyaml/resid/gvk.go `ParseGroupVersion`).
  static func split(_ text: String) -> (group: String, version: String) {
    guard let cut = text.cut(at: "/") else { return ("", text) }
    return (String(cut.before), String(cut.after))
  }
}

/// The mappings that sources and targets of replacements are written with.
private enum TargetFields {
  /// A mapping of the texts that say something.
  static func mapping(_ fields: [(String, String)]) -> YAMLValue {
    .mapping(fields.filter { !$0.1.isEmpty }.map { .init($0.0, .string($0.1)) })
  }
}

/// The files in which variables are looked for, with their texts as they are changed.
///
/// kustomize reads the directory of a base's base as if it lay beside the first kustomization
/// (`filesTouchedByKustomize`), and so misses its files. Here paths start from the kustomization
/// that has them.
private struct VariableFiles {
  /// A file of a resource or a patch.
  private struct File {
    let path: String
    let old: [UInt8]
    var text: [UInt8]
    /// The target of the patch that the file is.
    let target: YAMLValue?
  }

  private var files: [File] = []
  /// The paths that were added, so that each file is changed once.
  private var known: Set<ByteText> = []
  /// The directories of bases that have `vars`, as they were found.
  private(set) var basesWithVariables: [String] = []

  /// The files that held a variable.
  var changed: [KustomizationEditor.ChangedFile] {
    files.filter { $0.text != $0.old }.map {
      KustomizationEditor.ChangedFile(path: $0.path, old: $0.old, new: $0.text)
    }
  }

  init(_ kustomization: YAMLValue, read: (String) -> [UInt8]?) throws(EditError) {
    var open = [(directory: "", value: kustomization)]
    while let (directory, value) = open.popLast() {
      if !directory.isEmpty, value.field("vars")?.items.isEmpty == false {
        basesWithVariables.append(directory)
      }
      for path in texts("resources", of: value) + texts("components", of: value)
        + texts("bases", of: value)
      {
        let path = joined(directory, path)
        let names = ["kustomization.yaml", "kustomization.yml", "Kustomization"]
        if let bytes = Self.first(of: names, in: path, read) {
          guard known.insert(path).inserted else { continue }
          open.append((path, try YAMLEditor(bytes).value))
        } else {
          add(path, target: nil, read)
        }
      }
      for patch in value.field("patches")?.items ?? [] where !patch.text(of: "path").isEmpty {
        add(joined(directory, patch.text(of: "path")), target: patch.field("target") ?? .null, read)
      }
    }
  }

  /// The bytes of the first file of these names in a directory.
  private static func first(
    of names: [String], in directory: String, _ read: (String) -> [UInt8]?
  ) -> [UInt8]? {
    for name in names {
      if let bytes = read("\(directory)/\(name)") { return bytes }
    }
    return nil
  }

  /// The texts that a field lists.
  private func texts(_ field: String, of value: YAMLValue) -> [String] {
    (value.field(field)?.items ?? []).compactMap(\.text)
  }

  /// A path of a kustomization in a directory, as a path from the first one's directory.
  private func joined(_ directory: String, _ path: String) -> String {
    // Bases that include each other must not make longer and longer paths.
    Path.isAbsolute(path) ? path : Path.clean(directory.isEmpty ? path : "\(directory)/\(path)")
  }

  /// Notes a file that can be read. What cannot is passed over: it may be a URL.
  private mutating func add(_ path: String, target: YAMLValue?, _ read: (String) -> [UInt8]?) {
    guard known.insert(path).inserted, let bytes = read(path) else { return }
    files.append(File(path: path, old: bytes, text: bytes, target: target))
  }

  /// Puts the placeholder in all places of a variable; returns these as targets of a replacement.
  mutating func replace(_ variable: Variable) throws(EditError) -> [YAMLValue] {
    var targets: [YAMLValue] = []
    for index in files.indices {
      // What cannot be read is no resource.
      guard let tree = try? SyntaxTree(files[index].text) else { continue }
      for document in tree.documents {
        let found = try VariableSearch(variable, tree).places(below: document.root)
        if found.isEmpty { continue }
        let select = selector(of: document.root, in: tree, target: files[index].target)
        for place in found {
          var entries = [
            YAMLValue.Entry("select", select),
            YAMLValue.Entry("fieldPaths", .sequence([.string(place.path)])),
          ]
          if let options = place.options { entries.append(.init("options", options)) }
          targets.append(.mapping(entries))
        }
      }
      files[index].text = Self.replacing(
        variable.reference, with: Array(variable.placeholder.utf8), in: files[index].text)
    }
    return targets
  }

  /// What a replacement selects a document by: the target of the patch that the file is, or else
  /// what the document says it is.
  ///
  /// For a patch without a target kustomize writes an empty selector (`writePatchTargets`).
  private func selector(
    of root: SyntaxNode.ID, in tree: SyntaxTree, target: YAMLValue?
  ) -> YAMLValue {
    if let target, !target.isNull { return target }
    func text(_ key: String, of id: SyntaxNode.ID?) -> String {
      id.flatMap { tree.entry(key, of: $0) }.flatMap { tree.text(of: $0.value) } ?? ""
    }
    let metadata = tree.entry("metadata", of: root)?.value
    let (group, version) = GroupVersion.split(text("apiVersion", of: root))
    return TargetFields.mapping([
      ("group", group), ("version", version), ("kind", text("kind", of: root)),
      ("name", text("name", of: metadata)), ("namespace", text("namespace", of: metadata)),
    ])
  }

  /// The text with every occurrence of a part replaced, in comments and keys as well, as kustomize
  /// does it (`setPlaceholderValue`).
  private static func replacing(_ part: [UInt8], with new: [UInt8], in text: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    var index = 0
    while index < text.count {
      if text[index] == part[0], text[index...].starts(with: part) {
        result += new
        index += part.count
      } else {
        result.append(text[index])
        index += 1
      }
    }
    return result
  }
}

/// The scalars of a document that hold a variable.
private struct VariableSearch {
  struct Place {
    let path: String
    /// Which part of the text is the variable, where it is not all of it.
    let options: YAMLValue?
  }

  private let variable: Variable
  private let tree: SyntaxTree

  init(_ variable: Variable, _ tree: SyntaxTree) {
    self.variable = variable
    self.tree = tree
  }

  func places(below root: SyntaxNode.ID) throws(EditError) -> [Place] {
    var result: [Place] = []
    var open: [(id: SyntaxNode.ID, path: [String])] = [(root, [])]
    while let (id, path) = open.popLast() {
      for (number, item) in tree.items(of: id).enumerated().reversed() {
        open.append((item.value, path + [String(number)]))
      }
      for entry in tree.entries(of: id).reversed() {
        open.append((entry.value, path + [step(tree.text(of: entry.key) ?? "")]))
      }
      guard let text = tree.text(of: id).map({ Array($0.utf8) }), let index = self.index(in: text)
      else { continue }
      result.append(
        Place(path: path.joined(separator: "."), options: try options(text, at: index)))
    }
    return result
  }

  private func step(_ key: String) -> String { key.contains(".") ? "[\(key)]" : key }

  private func index(in text: [UInt8]) -> Int? {
    let wanted = variable.reference
    guard text.count >= wanted.count else { return nil }
    return (0...text.count - wanted.count).first { text[$0...].starts(with: wanted) }
  }

  /// Source: convert.go `constructFieldOptions`.
  private func options(_ text: [UInt8], at index: Int) throws(EditError) -> YAMLValue? {
    let wanted = variable.reference
    let end = index + wanted.count
    if text.count == wanted.count { return nil }
    let before = index > 0 ? text[index - 1] : nil
    let behind = end < text.count ? text[end] : nil
    if let before, let behind, before != behind { throw notDelimited }
    guard let delimiter = before ?? behind else { return nil }
    let parts = text.split(separator: delimiter, omittingEmptySubsequences: false)
    let part =
      before == nil
      ? 0 : behind == nil ? parts.count - 1 : parts.firstIndex { $0.elementsEqual(wanted) }
    guard let part else { throw notDelimited }
    var entries = [
      YAMLValue.Entry("delimiter", .string(String(decoding: [delimiter], as: UTF8.self)))
    ]
    if part > 0 { entries.append(.init("index", .other(String(part)))) }
    return .mapping(entries)
  }

  private var notDelimited: EditError {
    EditError("cannot convert all vars to replacements; $(\(variable.name)) is not delimited")
  }
}
