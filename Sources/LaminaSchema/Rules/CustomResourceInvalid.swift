package import Lamina

extension SchemaRules {
  package var customResourceInvalid: Rule {
    rule(
      .customResourceInvalid, .warning, of: .customResource,
      summary: "a custom resource that is not as its definition says",
      page: """
        Custom resources are compared with the schemas of their CustomResourceDefinitions: those of the same \
        build, of other roots of the run, and of the directories that `crds` in `lamina.yaml` names. Nothing is \
        fetched, and kinds without a definition are passed over.

            lint:
              crds: [crds]

        Types, fields, required fields, enumerations, patterns and bounds count; rules in CEL \
        (`x-kubernetes-validations`) and formats do not. Defaults are taken for granted.
        """)
  }
}
