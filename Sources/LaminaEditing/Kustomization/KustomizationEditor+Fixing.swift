internal import Lamina

extension KustomizationEditor {
  /// Moves deprecated fields to those that replaced them, and adds `apiVersion` and `kind` where they are
  /// missing. Comments move with what they stand at.
  ///
  /// The patches come in the order in which they run: `patchesStrategicMerge`, `patches`,
  /// `patchesJson6902`. (kustomize puts `patchesStrategicMerge` last, and the result changes.)
  ///
  /// - Parameter isFile: whether an entry of `patchesStrategicMerge` is the path of a file that can be read.
  /// - Returns: what was moved, such as `bases -> resources`.
  public mutating func fix(isFile: (String) -> Bool) throws(EditError) -> [String] {
    var done: [String] = []
    try move("bases", to: "resources", &done)
    try move("imageTags", to: "images", &done)
    for field in ["configMapGenerator", "secretGenerator"] { try fixEnv(of: field, &done) }
    try fixHelmCharts(&done)
    let patches = value(of: "patchesStrategicMerge")?.items ?? []
    try removeItems(patches.indices.filter { patches[$0].isNull }, of: "patchesStrategicMerge")
    if hasItems("patchesStrategicMerge") {
      let name = Self.spelling(of: "patchesStrategicMerge", in: value)
      try editor.wrapItems(of: name) { isFile($0) ? "path" : "patch" }
    }
    try move("patchesStrategicMerge", to: "patches", atFront: true, &done)
    try move("patchesJson6902", to: "patches", &done)
    try fixLabels(&done)
    try addHead(&done)
    return done
  }

  /// Whether a field lists something, which `[]` and null do not.
  private func hasItems(_ field: String) -> Bool { !(value(of: field)?.items.isEmpty ?? true) }

  /// Moves the items of one list to another one. A list that is empty just goes.
  private mutating func move(
    _ field: String, to other: String, atFront: Bool = false, _ done: inout [String]
  ) throws(EditError) {
    guard value(of: field) != nil else { return }
    if hasItems(field) {
      try editor.moveItems(
        of: Self.spelling(of: field, in: value), to: Self.spelling(of: other, in: value),
        atFront: atFront)
    } else {
      try removeField(field)
    }
    done.append("\(field) -> \(other)")
  }

  /// `env: a.env` becomes an entry of `envs`.
  ///
  /// Where there are `envs` already, it comes behind them; an empty one goes
  /// (api/types/kustomization.go `FixKustomization`).
  private mutating func fixEnv(of field: String, _ done: inout [String]) throws(EditError) {
    let list = name(of: field)
    for number in (value(of: field)?.items ?? []).indices {
      let path: [PathStep] = [list, .index(number)]
      guard let entry = value.value(at: path), let env = entry.field("env") else { continue }
      let key = Self.spelling(of: "env", in: entry)
      let envs = Self.spelling(of: "envs", in: entry)
      if env.text?.isEmpty ?? true {
        try editor.remove(path + [.key(key)])
      } else if entry[envs] != nil {
        try editor.append([env], to: path + [.key(envs)])
        try editor.remove(path + [.key(key)])
      } else {
        try editor.set(.sequence([env]), at: path + [.key(key)])
        try editor.rename(path + [.key(key)], to: envs)
      }
      done.append("\(field).env -> \(field).envs")
    }
  }

  /// Source: api/types/helmchartargs.go (`SplitHelmParameters`).
  ///
  /// What the charts said of helm itself becomes `helmGlobals`, if there is none: of several, the last that
  /// says something counts. Keys without a successor are removed, as `makeHelmChartFromHca` copies these seven
  /// only.
  private mutating func fixHelmCharts(_ done: inout [String]) throws(EditError) {
    let field = "helmChartInflationGenerator"
    guard hasItems(field) else { return }
    let names = [
      "chartName": "name", "chartVersion": "version", "chartRepoUrl": "repo",
      "values": "valuesFile", "valuesLocal": "valuesInline", "valuesMerge": "valuesMerge",
      "releaseName": "releaseName",
    ].reduce(into: [String: String]()) { $0[$1.key.lowercased()] = $1.value }
    var (chartHome, configHome): (YAMLValue?, YAMLValue?)
    let list = name(of: field)
    for number in (value(of: field)?.items ?? []).indices {
      let path: [PathStep] = [list, .index(number)]
      for entry in value.value(at: path)?.entries ?? [] {
        let key = entry.key.lowercased()
        if let name = names[key] {
          try editor.rename(path + [.key(entry.key)], to: name)
          continue
        }
        let saysSomething = !(entry.value.text ?? "").isEmpty
        if key == "charthome", saysSomething { chartHome = entry.value }
        if key == "helmhome", saysSomething { configHome = entry.value }
        try editor.remove(path + [.key(entry.key)])
      }
    }
    try move(field, to: "helmCharts", &done)
    let globals = [
      chartHome.map { YAMLValue.Entry("chartHome", $0) },
      configHome.map { YAMLValue.Entry("configHome", $0) },
    ].compactMap { $0 }
    if !globals.isEmpty, value(of: "helmGlobals") == nil {
      try set(.mapping(globals), at: [name(of: "helmGlobals")])
    }
  }

  /// `commonLabels` becomes an entry of `labels` that is put on selectors as well, behind those
  /// that are there (api/types/labels.go `labelFromCommonLabels`).
  ///
  /// Two entries with one key would overwrite each other, so that is refused.
  private mutating func fixLabels(_ done: inout [String]) throws(EditError) {
    guard let old = value(of: "commonLabels"), !old.entries.isEmpty else { return }
    let keys = (value(of: "labels")?.items ?? []).flatMap {
      $0.field("pairs")?.entries.map(\.key) ?? []
    }
    if let key = old.entries.map(\.key).first(where: keys.contains(bytesOf:)) {
      throw EditError("label name '\(key)' exists in both commonLabels and labels")
    }
    let entry = YAMLValue.mapping([.init("includeSelectors", .other("true")), .init("pairs", old)])
    let (name, labels) = (
      Self.spelling(of: "commonLabels", in: value), Self.spelling(of: "labels", in: value)
    )
    if value[labels] == nil {
      try editor.nestPairs(of: name, as: labels, entry)
    } else {
      // Under its old name the field holds what it is to hold; then its one item moves.
      try editor.nestPairs(of: name, as: name, entry)
      try editor.moveItems(of: name, to: labels)
    }
    done.append("commonLabels -> labels")
  }

  /// Adds the version and the kind where they are missing. A component has another version.
  private mutating func addHead(_ done: inout [String]) throws(EditError) {
    let isComponent = value.text(of: "kind") == "Component"
    let version = "kustomize.config.k8s.io/" + (isComponent ? "v1alpha1" : "v1beta1")
    for (field, text) in [("apiVersion", version), ("kind", "Kustomization")]
    where value.text(of: field).isEmpty {
      try set(.string(text), at: [name(of: field)])
      done.append("\(field) added")
    }
  }
}
