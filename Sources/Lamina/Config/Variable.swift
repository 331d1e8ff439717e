/// One entry of `vars`: a name for what some field of some object says.
///
///     vars:
///     - name: BACKEND
///       objref: {apiVersion: v1, kind: Service, name: backend}
///       fieldref: {fieldpath: metadata.name}
///
/// `$(BACKEND)` is replaced in the fields that `varReference` lists (api/types/var.go).
struct Variable: Sendable {
  /// The word between `$(` and `)`.
  var name = ""
  /// Where the name stands; the entry's own place where it has none.
  var namePosition = Position.none
  var group = ""
  var version = ""
  var kind = ""
  var objectName = ""
  /// Empty is any.
  var namespace = ""
  /// The default of kustomize (types/var.go `Defaulting`).
  var fieldPath = "metadata.name"
  var position = Position.none
}

extension FieldDecoder {
  func variables(_ list: NodeID) throws(Problem) -> [Variable] {
    var result: [Variable] = []
    try eachItem(of: list, for: "vars") { (item) throws(Problem) in
      result.append(try variable(item))
    }
    return result
  }

  private func variable(_ node: NodeID) throws(Problem) -> Variable {
    var variable = Variable(namePosition: tree.position(node), position: tree.position(node))
    try element(node, of: "vars") { (field: VariableField, value) throws(Problem) in
      switch field {
      case .name:
        variable.name = try string(value, for: "vars.name")
        variable.namePosition = tree.position(value)
      case .objref: try readObject(value, into: &variable)
      case .fieldref: try readPath(value, into: &variable)
      }
    }
    return variable
  }

  /// An empty path is the default.
  private func readPath(_ node: NodeID, into variable: inout Variable) throws(Problem) {
    try fields(of: node, as: "vars.fieldref") { (field: VariablePathField, value) throws(Problem) in
      switch field {
      case .fieldPath:
        let path = try string(value, for: "vars.fieldref.fieldPath")
        if !path.isEmpty { variable.fieldPath = path }
      }
    }
  }

  /// `apiVersion` wins over `group` and `version`, and one with two slashes says nothing
  /// (types/var.go, kyaml/resid/gvk.go `ParseGroupVersion`).
  private func readObject(_ node: NodeID, into variable: inout Variable) throws(Problem) {
    var apiVersion = ""
    try fields(of: node, as: "vars.objref") { (field: VariableObjectField, value) throws(Problem) in
      let text = try string(value, for: "vars.objref.\(field.rawValue)")
      switch field {
      case .apiVersion: apiVersion = text
      case .group: variable.group = text
      case .version: variable.version = text
      case .kind: variable.kind = text
      case .name: variable.objectName = text
      case .namespace: variable.namespace = text
      }
    }
    if apiVersion.isEmpty { return }
    let parts = apiVersion.parts(at: "/", omittingEmptySubsequences: false)
    if parts.count == 2 { variable.group = String(parts[0]) }
    if parts.count <= 2, let version = parts.last { variable.version = String(version) }
  }
}
