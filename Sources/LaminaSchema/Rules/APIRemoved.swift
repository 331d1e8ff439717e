internal import Lamina

extension SchemaRules {
  /// Without a version only what is gone from all of them counts, and nothing says which one is in use.
  var apiRemoved: Rule {
    rule(
      .apiRemoved, facts.version == nil ? .lint : .warning, of: .apiRemoved,
      summary: "an API that Kubernetes does not serve",
      page: """
        The API server refuses the object. Judged is the version that `kubernetes` in `lamina.yaml` names. \
        Without it an API counts as removed if no version from 1.25 on serves it.

            apiVersion: extensions/v1beta1   # removed in 1.22; use networking.k8s.io/v1
            kind: Ingress
        """)
  }
}
