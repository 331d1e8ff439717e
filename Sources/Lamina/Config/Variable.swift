/// One entry of `vars`: a name for what some field of some object says.
///
///     vars:
///     - name: BACKEND
///       objref: {apiVersion: v1, kind: Service, name: backend}
///       fieldref: {fieldpath: metadata.name}
///
/// `$(BACKEND)` is replaced in the fields that `varReference` lists (api/types/var.go).
struct Variable: Sendable {
  var name = ""
  var group = ""
  var version = ""
  var kind = ""
  var objectName = ""
  /// Empty is any.
  var namespace = ""
  var fieldPath = "metadata.name"
  var position = Position.none
}

extension FieldDecoder {
  func variables(_ list: NodeID) throws(Problem) -> [Variable] {
    var result: [Variable] = []
    for item in try items(list, for: "vars") {
      var variable = Variable(position: tree.position(item))
      for field in try element(item, of: "vars", known: ["name", "objref", "fieldref"]) {
        switch field.name {
        case "name": variable.name = try string(field.value, for: "vars.name")
        case "objref": try readObject(field.value, into: &variable)
        default:
          for part in try fields(of: field.value, as: "vars.fieldref", known: ["fieldPath"]) {
            let path = try string(part.value, for: "vars.fieldref.fieldPath")
            if !path.isEmpty { variable.fieldPath = path }
          }
        }
      }
      result.append(variable)
    }
    return result
  }

  private func readObject(_ node: NodeID, into variable: inout Variable) throws(Problem) {
    let known = ["apiVersion", "group", "version", "kind", "name", "namespace"]
    var apiVersion = ""
    for field in try fields(of: node, as: "vars.objref", known: known) {
      let text = try string(field.value, for: "vars.objref.\(field.name)")
      switch field.name {
      case "apiVersion": apiVersion = text
      case "group": variable.group = text
      case "version": variable.version = text
      case "kind": variable.kind = text
      case "name": variable.objectName = text
      default: variable.namespace = text
      }
    }
    if apiVersion.isEmpty { return }
    let parts = apiVersion.split(separator: "/", omittingEmptySubsequences: false)
    if parts.count == 2 { variable.group = String(parts[0]) }
    if parts.count <= 2, let version = parts.last { variable.version = String(version) }
  }
}
