/// The kinds of validating admission policies, which live outside any namespace in a cluster. v5.8.1 does
/// not know that: they are younger than the schema it contains.
enum AdmissionPolicies {
  /// Interned on demand: one step and `--compat next` ask for them.
  static func types(symbols: inout SymbolTable) -> [GroupVersionKind] {
    let group = symbols.intern("admissionregistration.k8s.io" as StaticString)
    return ["ValidatingAdmissionPolicy", "ValidatingAdmissionPolicyBinding"].map {
      (kind: StaticString) in
      GroupVersionKind(group: group, version: .v1, kind: symbols.intern(kind))
    }
  }
}
