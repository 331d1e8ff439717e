/// The vars of a layer and of all layers below it.
///
/// A name belongs to one var of a whole build: two layers that bring the same one, or two ways to one
/// layer, are an error (api/types/var.go `VarSet`).
struct VariableSet: Sendable {
  private var byName: [ByteText: Variable] = [:]

  var isEmpty: Bool { byName.isEmpty }

  /// In the order of their names.
  var sorted: [Variable] {
    byName.values.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
  }

  /// Takes the vars of a layer in, and lets the objects they mean remember them: what an object is
  /// called may change in the layers above (internal/accumulator/resaccumulator.go `MergeVars`).
  mutating func add(
    _ variables: [Variable], in resources: inout Resources, _ workspace: inout Workspace
  ) throws(Problem) {
    for variable in variables {
      let places = Self.places(of: variable, in: resources, &workspace.tree.symbols)
      workspace.counts.idLookUps += places.count + 1
      if places.count > 1 { throw .severalObjects(variable, count: places.count) }
      if let place = places.first {
        resources[place].variables.append(workspace.tree.symbols.intern(variable.name))
      }
    }
    for variable in variables { try add(variable) }
  }

  mutating func merge(_ other: VariableSet) throws(Problem) {
    for variable in other.sorted { try add(variable) }
  }

  private mutating func add(_ variable: Variable) throws(Problem) {
    if let known = byName[variable.name] { throw .repeatedName(variable, known) }
    byName[variable.name] = variable
  }

  /// The objects that have or had the type and the name; without a namespace, in any.
  private static func places(
    of variable: Variable, in resources: Resources, _ symbols: inout SymbolTable
  ) -> [Int] {
    let name = symbols.intern(variable.objectName)
    let type = GroupVersionKind(
      group: symbols.intern(variable.group), version: symbols.intern(variable.version),
      kind: symbols.intern(variable.kind))
    let namespace = symbols.intern(variable.namespace)
    func matches(_ key: ResourceKey) -> Bool {
      key.type == type && key.name == name && (namespace.isEmpty || key.namespace == namespace)
    }
    return resources.places(everNamed: name).filter { place in
      let resource = resources[place]
      return matches(resource.id.key)
        || resource.formerIDs.contains {
          matches(
            ResourceKey(type: resource.type(of: $0), name: $0.name, namespace: $0.namespace))
        }
    }
  }
}

extension Problem {
  fileprivate static func severalObjects(_ variable: Variable, count: Int) -> Problem {
    Problem(
      .ambiguousVariable,
      "found \(count) resId matches for var '\(variable.name)' (unable to disambiguate)",
      at: variable.namePosition, hint: "say the namespace of the object")
  }

  fileprivate static func repeatedName(_ variable: Variable, _ known: Variable) -> Problem {
    let problem = Problem(
      .repeatedVariable, "var '\(variable.name)' already encountered", at: variable.namePosition,
      hint: variable.position == known.position ? "several layers stand on this one" : nil)
    guard variable.position != known.position else { return problem }
    return problem.noting("it is here", at: known.namePosition)
  }
}
