internal import Lamina

extension SchemaRules {
  var resourceNameUnknown: Rule {
    rule(
      .resourceNameUnknown, .warning, of: .unknownResourceName,
      summary: "a resource in requests or limits that does not exist",
      page: """
        Kubernetes knows `cpu`, `memory`, `storage`, `ephemeral-storage` and `hugepages-...`; others, such as \
        those of devices, have a domain in front. A misspelt name limits nothing, or keeps the pod from being \
        scheduled.

            resources:
              limits:
                memroy: 1Gi
        """)
  }
}
