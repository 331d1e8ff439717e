import Lamina
import LaminaEditing

/// The places of a kustomization that name files and directories, by the table of fields.
///
/// Source: api/internal/localizer/localizer.go (`localizeNativeFields`).
enum LocalizeReferences {
  struct Reference {
    /// What is named.
    let text: String
    /// What it may be.
    let names: FieldReference
    /// Where the file says so.
    let path: [PathStep]
    /// `key=` in front of it.
    var prefix = ""

    /// What is named, or written there, configures generators, transformers or validators.
    var isConfiguration: Bool {
      guard case .key(let field)? = path.first else { return false }
      return ["generators", "transformers", "validators"].contains(field)
    }
  }

  static func all(in value: YAMLValue) -> [Reference] {
    let result = references(in: value, of: .kustomization, at: [])
    let home: [PathStep] = ["helmGlobals", "chartHome"]
    let hasCharts = value["helmCharts"]?.items.isEmpty == false
    guard hasCharts || value["helmChartInflationGenerator"] != nil,
      !result.contains(where: { $0.path == home })
    else { return result }
    // Charts are looked for in a directory of this name where nothing is said.
    return result + [Reference(text: "charts", names: .directory, path: home)]
  }

  /// What the fields of a mapping name, and those of the mappings in it.
  private static func references(
    in value: YAMLValue, of owner: FieldOwner, at path: [PathStep]
  ) -> [Reference] {
    owner.rows.flatMap { row -> [Reference] in
      guard let field = value[row.name] else { return [] }
      let path = path + [.key(row.name)]
      // A file in `bases` can be built, but kustomize localizes only roots there.
      let names = owner == .kustomization && row.name == "bases" ? .layer : row.names
      switch row.shape {
      case .text: return names.flatMap { reference(field, $0, at: path) }.map { [$0] } ?? []
      case .texts:
        return items(of: field, at: path) { item, path in
          names.flatMap { reference(item, $0, at: path) }.map { [$0] } ?? []
        }
      case .object(let owner): return references(in: field, of: owner, at: path)
      case .objects(let owner):
        return items(of: field, at: path) { references(in: $0, of: owner, at: $1) }
      case .word, .flag, .integer, .words, .pairs, .mapping, .levels, .levelsByPattern: return []
      }
    }
  }

  private static func items(
    of list: YAMLValue, at path: [PathStep], _ read: (YAMLValue, [PathStep]) -> [Reference]
  ) -> [Reference] {
    list.items.enumerated().flatMap { read($0.element, path + [.index($0.offset)]) }
  }

  private static func reference(
    _ value: YAMLValue, _ names: FieldReference, at path: [PathStep]
  ) -> Reference? {
    guard let text = value.text else { return nil }
    guard names == .keyedFile, let cut = text.cut(at: "=") else {
      return Reference(text: text, names: names, path: path)
    }
    return Reference(
      text: String(cut.after), names: names, path: path, prefix: "\(cut.before)=")
  }

  /// What an object of `generators`, `transformers` or `validators` names. All names begin in the directory
  /// of the kustomization.
  ///
  /// Source: api/internal/localizer/builtinplugins.go.
  static func all(inObject value: YAMLValue) -> [Reference] {
    let kind = value["kind"]?.text ?? ""
    guard ["builtin", "/builtin"].contains(value["apiVersion"]?.text ?? ""),
      let owner = FieldOwner.allCases.first(where: { $0.objectKind == kind })
    else { return [] }
    let result = references(in: value, of: owner, at: [])
    guard owner == .helmChartObject, value["chartHome"] == nil else { return result }
    return result + [Reference(text: "charts", names: .directory, path: ["chartHome"])]
  }

  /// The files that an object of no built-in kind may name. kustomize leaves them behind.
  static func files(ofPlugin value: YAMLValue) -> [String] {
    var result: [String] = []
    for key in ["path", "valuesFile"] { result += [value[key]?.text].compactMap { $0 } }
    for key in ["paths", "files", "envs", "replacements"] {
      for item in value[key]?.items ?? [] {
        guard let text = item.text ?? item["path"]?.text else { continue }
        result.append(
          text.cut(at: "=").map { String($0.after) } ?? text)
      }
    }
    return result
  }
}
