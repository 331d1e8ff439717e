import LaminaEditing

/// The places of a kustomization that name files and directories.
///
/// Source: api/internal/localizer/localizer.go (`localizeNativeFields`).
enum LocalizeReferences {
  enum Kind {
    case file
    /// A file or a directory with a kustomization, here or remote.
    case resource
    /// A directory with a kustomization, here or remote.
    case root
    /// A file or directory, or a text itself.
    case inlineOrFile
    /// A directory that is copied as it is, if it is there.
    case optionalDirectory
  }

  struct Reference {
    /// What is named.
    let text: String
    let kind: Kind
    /// Where the file says so.
    let path: [PathStep]
    /// `key=` in front of it.
    var prefix = ""
  }

  static func all(in value: YAMLValue) -> [Reference] {
    var result: [Reference] = []
    let lists: [(String, Kind)] = [
      ("resources", .resource), ("bases", .root), ("components", .root),
      ("configurations", .file), ("crds", .file), ("patchesStrategicMerge", .inlineOrFile),
      ("generators", .inlineOrFile), ("transformers", .inlineOrFile),
      ("validators", .inlineOrFile),
    ]
    for (field, kind) in lists {
      for (number, text) in texts(value[field]) {
        result.append(
          Reference(text: text, kind: kind, path: [.key(field), .index(number)]))
      }
    }
    for field in ["patches", "patchesJson6902", "replacements"] {
      result += entries(of: field, in: value, keys: ["path"], .file)
    }
    if let path = value["openapi"]?["path"]?.text {
      result.append(Reference(text: path, kind: .file, path: ["openapi", "path"]))
    }
    for field in ["configMapGenerator", "secretGenerator"] {
      result += generatorFiles(of: field, in: value)
    }
    result += entries(of: "helmCharts", in: value, keys: ["valuesFile"], .file)
    result += entries(of: "helmChartInflationGenerator", in: value, keys: ["values"], .file)
    result += entries(
      of: "helmChartInflationGenerator", in: value, keys: ["chartHome"], .optionalDirectory)
    return result + helmFiles(in: value)
  }

  private static func texts(_ value: YAMLValue?) -> [(Int, String)] {
    (value?.items ?? []).enumerated().compactMap { number, item in item.text.map { (number, $0) } }
  }

  private static func entries(
    of field: String, in value: YAMLValue, keys: [String], _ kind: Kind
  ) -> [Reference] {
    (value[field]?.items ?? []).enumerated().flatMap { number, entry in
      keys.compactMap { key in
        entry[key]?.text.map {
          Reference(text: $0, kind: kind, path: [.key(field), .index(number), .key(key)])
        }
      }
    }
  }

  private static func generatorFiles(of field: String, in value: YAMLValue) -> [Reference] {
    var result = entries(of: field, in: value, keys: ["env"], .file)
    for (number, entry) in (value[field]?.items ?? []).enumerated() {
      for key in ["files", "envs"] {
        for (item, text) in texts(entry[key]) {
          let sign = key == "files" ? text.firstIndex(of: "=") : nil
          let start = sign.map { text.index(after: $0) } ?? text.startIndex
          result.append(
            Reference(
              text: String(text[start...]), kind: .file,
              path: [.key(field), .index(number), .key(key), .index(item)],
              prefix: String(text[..<start])))
        }
      }
    }
    return result
  }

  private static func helmFiles(in value: YAMLValue) -> [Reference] {
    var result: [Reference] = []
    let charts = value["helmCharts"]?.items ?? []
    for (number, chart) in charts.enumerated() {
      for (item, text) in texts(chart["additionalValuesFiles"]) {
        result.append(
          Reference(
            text: text, kind: .file,
            path: ["helmCharts", .index(number), "additionalValuesFiles", .index(item)]))
      }
    }
    if charts.isEmpty, value["helmChartInflationGenerator"] == nil { return result }
    let home = value["helmGlobals"]?["chartHome"]?.text ?? "charts"
    result.append(
      Reference(text: home, kind: .optionalDirectory, path: ["helmGlobals", "chartHome"]))
    return result
  }

  /// The files that an object of `generators` or `transformers` names.
  static func files(ofConfiguration value: YAMLValue) -> [String] {
    var result: [String] = []
    for key in ["path", "valuesFile"] { result += [value[key]?.text].compactMap { $0 } }
    for key in ["paths", "files", "envs", "replacements"] {
      for item in value[key]?.items ?? [] {
        guard let text = item.text ?? item["path"]?.text else { continue }
        result.append(
          text.firstIndex(of: "=").map { String(text[text.index(after: $0)...]) } ?? text)
      }
    }
    return result
  }
}
