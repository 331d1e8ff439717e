internal import Lamina

extension SchemaRules {
  var crdNotStructural: Rule {
    rule(
      .crdNotStructural, .lint, of: .definitionNotStructural,
      summary: "a CustomResourceDefinition whose schema is not structural",
      page: """
        `apiextensions.k8s.io/v1` asks for a schema in each version, in which every value has a type. Without \
        one the API server refuses the definition, or cannot prune unknown fields.

            schema:
              openAPIV3Schema:
                type: object
                properties:
                  size: {description: how large}   # no type
        """)
  }
}
