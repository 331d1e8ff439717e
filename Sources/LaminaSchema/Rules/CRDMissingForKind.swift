internal import Lamina

extension SchemaRules {
  var crdMissingForKind: Rule {
    rule(
      .crdMissingForKind, .lint, of: .definitionMissing,
      summary: "a kind that no definition of its group in the build defines",
      page: """
        The build has CustomResourceDefinitions of the object's group, and none for its kind, which is probably \
        misspelt.

            apiVersion: example.com/v1
            kind: Wdiget               # the build defines Widget
        """)
  }
}
