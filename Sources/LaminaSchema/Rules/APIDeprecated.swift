internal import Lamina

extension SchemaRules {
  var apiDeprecated: Rule {
    rule(
      .apiDeprecated, .lint, of: .apiDeprecated,
      summary: "an API that is deprecated",
      page: """
        A later version of Kubernetes will not serve the API version any more. Judged is the version that \
        `kubernetes` in `lamina.yaml` names, or else the newest that is known.
        """)
  }
}
