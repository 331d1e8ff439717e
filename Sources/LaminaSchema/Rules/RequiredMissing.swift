internal import Lamina

extension SchemaRules {
  var requiredMissing: Rule {
    rule(
      .requiredMissing, .warning, askedOnceFor: .root, of: .requiredMissing,
      summary: "a field that the kind requires is missing",
      page: """
        The API server refuses the object. Only roots that no other root of the run includes are judged, since \
        what a base lacks an overlay may add. Without `kubernetes` in `lamina.yaml` a field counts as required \
        only if all versions from 1.25 to 1.37 require it. A field that is null counts as missing.

            kind: Deployment
            spec:                    # "selector" is missing
              template: ...
        """)
  }
}
