internal import Lamina

/// What the commands are told of a generated config map or secret.
///
/// The properties follow the flags of `edit add configmap` and `edit add secret`. Patterns in
/// `files` have been replaced by paths.
public struct GeneratorArgument: Sendable {
  /// The name of what is generated.
  public var name: String
  /// Empty and `default` mean the same.
  public var namespace = ""
  /// `KEY=VALUE`
  public var literals: [String] = []
  /// `[KEY=]PATH`
  public var files: [String] = []
  /// The path of a file of lines `KEY=VALUE`; empty for none.
  public var envFile = ""
  /// `create`, `merge` or `replace`; empty leaves it as it is.
  public var behavior = ""
  /// Of a new secret.
  public var type = ""
  /// No hash is put behind the name.
  public var disablesNameSuffixHash = false
  /// The namespace that an entry gets; empty leaves the one that it has.
  public var newNamespace = ""

  /// A generator of a name, with nothing in it.
  public init(name: String) { self.name = name }
}

extension KustomizationEditor {
  /// The two lists of generators.
  public enum GeneratorField: String, Sendable {
    /// `configMapGenerator`
    case configMaps = "configMapGenerator"
    /// `secretGenerator`
    case secrets = "secretGenerator"

    /// The word in messages.
    public var kind: String { self == .configMaps ? "ConfigMap" : "Secret" }
  }

  /// The number of the entry with a name and a namespace.
  public func generator(
    _ name: String, namespace: String, in field: GeneratorField
  ) -> Int? {
    generators(named: [name], namespace: namespace, in: field).first
  }

  /// The numbers of the entries with one of some names and with a namespace.
  ///
  /// No namespace and `default` are the same one (kustomize/commands/internal/util/util.go
  /// `NamespaceEqual`).
  private func generators(
    named names: [String], namespace: String, in field: GeneratorField
  ) -> [Int] {
    func normal(_ namespace: String) -> String { namespace.isEmpty ? "default" : namespace }
    let items = value(of: field.rawValue)?.items ?? []
    return items.indices.filter {
      names.contains(bytesOf: items[$0].text(of: "name"))
        && normal(items[$0].text(of: "namespace")).hasBytes(of: normal(namespace))
    }
  }

  /// Extends the entry with the name and the namespace, or appends one.
  ///
  /// What the argument lists comes behind what the entry has
  /// (kustomize/commands/edit/add/addconfigmap.go `findOrMakeConfigMapArgs`).
  public mutating func addGenerator(
    _ argument: GeneratorArgument, to field: GeneratorField
  ) throws(EditError) {
    guard let number = generator(argument.name, namespace: argument.namespace, in: field) else {
      return try append([argument.entry(isSecret: field == .secrets)], to: field.rawValue)
    }
    let path = [name(of: field.rawValue), .index(number)]
    let old = value.value(at: path) ?? .null
    func key(_ name: String) -> [PathStep] { path + [.key(Self.spelling(of: name, in: old))] }
    try extend(key("literals"), with: argument.literals)
    try extend(key("files"), with: argument.files)
    try extend(key("envs"), with: argument.envFile.isEmpty ? [] : [argument.envFile])
    if argument.disablesNameSuffixHash {
      // kustomize drops the other options of the entry here (configmapSecretFlagsAndArgs.go
      // `MergeFlagsIntoGeneratorArgs`).
      try editor.set(
        .mapping([.init("disableNameSuffixHash", .other("true"))]), at: key("options"),
        order: FieldOrder.generator)
    }
    if !argument.behavior.isEmpty {
      try editor.set(
        .string(argument.behavior), at: key("behavior"), order: FieldOrder.generator)
    }
  }

  /// Appends to a list of an entry, which is made where it is missing.
  private mutating func extend(_ path: [PathStep], with texts: [String]) throws(EditError) {
    try editor.append(texts.map { .string($0) }, to: path, order: FieldOrder.generator)
  }

  /// Changes literals and the namespace of an entry, which must be there, as must the keys.
  ///
  /// The literals keep their order. kustomize puts them into a map and writes them in whatever
  /// order that gives (kustomize/commands/internal/util/configmapSecretFlagsAndArgs.go
  /// `UpdateLiteralSources`).
  public mutating func setGenerator(
    _ argument: GeneratorArgument, in field: GeneratorField
  ) throws(EditError) {
    guard let number = generator(argument.name, namespace: argument.namespace, in: field) else {
      throw EditError("unable to find \(field.kind) with name \"\(argument.name)\"")
    }
    let path = [name(of: field.rawValue), .index(number)]
    let old = value.value(at: path) ?? .null
    let literals = path + [.key(Self.spelling(of: "literals", in: old))]
    for literal in argument.literals { try setLiteral(literal, in: literals) }
    if !argument.newNamespace.isEmpty {
      let key = Self.spelling(of: "namespace", in: old)
      try editor.set(
        .string(argument.newNamespace), at: path + [.key(key)], order: FieldOrder.generator)
    }
  }

  /// Changes the last literal with the key, which is the one that kustomize would keep.
  private mutating func setLiteral(_ literal: String, in path: [PathStep]) throws(EditError) {
    guard let key = literal.literalKey else {
      throw EditError("invalid format: literal values must be specified in the key=value format")
    }
    let items = value.value(at: path)?.items ?? []
    guard let number = items.lastIndex(where: { ($0.text?.literalKey).hasBytes(of: key) }) else {
      throw EditError("key '\(key)' not found in resource")
    }
    try editor.set(.string(literal), at: path + [.index(number)])
  }

  /// Removes the entries with some names and a namespace. Throws where none of them is there.
  ///
  /// Names that are not there are only told of, as long as one is
  /// (kustomize/commands/edit/remove/removeconfigmap.go `RunRemoveConfigMap`).
  public mutating func removeGenerators(
    _ names: [String], namespace: String, from field: GeneratorField
  ) throws(EditError) {
    let found = generators(named: names, namespace: namespace, in: field)
    let items = value(of: field.rawValue)?.items ?? []
    let kind = field.kind.lowercased()
    if found.isEmpty {
      throw EditError("no specified \(kind)(s) were found in the kustomization.yaml file")
    }
    for name in names
    where !found.contains(where: { items[$0].text(of: "name").hasBytes(of: name) }) {
      notices.append("\(kind) \(name) doesn't exist in kustomization file")
    }
    try removeItems(found, of: field.rawValue)
  }
}

extension GeneratorArgument {
  /// A new entry. The order of its keys is that of `FieldOrder.generator`.
  fileprivate func entry(isSecret: Bool) -> YAMLValue {
    func texts(_ texts: [String]) -> YAMLValue { .sequence(texts.map { .string($0) }) }
    var entries = [YAMLValue.Entry("name", .string(name))]
    if !namespace.isEmpty { entries.append(.init("namespace", .string(namespace))) }
    if !behavior.isEmpty { entries.append(.init("behavior", .string(behavior))) }
    if isSecret, !type.isEmpty { entries.append(.init("type", .string(type))) }
    if !files.isEmpty { entries.append(.init("files", texts(files))) }
    if !literals.isEmpty { entries.append(.init("literals", texts(literals))) }
    if !envFile.isEmpty { entries.append(.init("envs", texts([envFile]))) }
    if disablesNameSuffixHash {
      entries.append(
        .init("options", .mapping([.init("disableNameSuffixHash", .other("true"))])))
    }
    return .mapping(entries)
  }
}

extension String {
  /// The key of `key=value`.
  ///
  /// The first `=` ends it. kustomize refuses a value with another one in it.
  fileprivate var literalKey: String? {
    utf8.firstIndex(of: UInt8(ascii: "=")).map { String(self[..<$0]) }
  }
}
