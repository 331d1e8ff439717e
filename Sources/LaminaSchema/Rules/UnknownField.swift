internal import Lamina

extension SchemaRules {
  var unknownField: Rule {
    rule(
      .unknownField, .warning, of: .unknownField,
      summary: "a field that the kind does not have",
      page: """
        The API server drops the field, or refuses the object. Without `kubernetes` in `lamina.yaml` a field \
        counts as unknown only if no version from 1.25 to 1.37 has it; with it, that version decides.

            kind: NetworkPolicy
            spec:
              podSelector: {}
              Ingress: []            # the field is "ingress": this policy has no rules

        The block that SOPS adds to encrypted files is known, and so are keys that something fills in later \
        (`${KEY}`, `{{ key }}`).
        """)
  }
}
