internal import Lamina

extension SchemaRules {
  var enumValue: Rule {
    rule(
      .enumValue, .warning, of: .enumValue,
      summary: "a text that is not among the values of its field",
      page: """
        The API server refuses the object. The values are those of the version that `kubernetes` in \
        `lamina.yaml` names, or of any version from 1.25 to 1.37.

            containers:
            - name: web
              imagePullPolicy: Allways   # Always, IfNotPresent or Never
        """)
  }
}
