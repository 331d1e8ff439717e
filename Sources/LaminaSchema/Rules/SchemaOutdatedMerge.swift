internal import Lamina

extension SchemaRules {
  /// Lists that a merge replaced are noted by the build (`StrategicMerge.noteReplacement`); the
  /// table, which is newer than kustomize's schema, tells which of them have a key today.
  var schemaOutdatedMerge: Rule {
    Rule(
      .schemaOutdatedMerge, .lint,
      summary: "a patch replaces a list that newer versions of Kubernetes merge",
      page: """
        kustomize merges lists as Kubernetes 1.21 did. A list that got its merge key later is replaced by a patch as \
        a whole, and elements of the base are lost that `kubectl apply` would keep.

            spec:
              resourceClaims:        # merged by name since 1.26; kustomize drops the claims of the base
              - {name: nic, resourceClaimName: nic}

        Write the whole list, or use a JSON patch.
        """
    ) { inspection in
      for list in inspection.replacedLists {
        guard
          let keys = facts.listKeys(
            apiVersion: list.apiVersion, kind: list.kind, path: list.path),
          let name = list.path.last
        else { continue }
        let shown = list.losses.prefix(5).joined(separator: ", ")
        let more = list.losses.count > 5 ? " and more" : ""
        inspection.report(
          list,
          "kustomize does not know yet that \(name) are merged by \(keys.joined(separator: " and ")): "
            + "\(shown)\(more) \(list.losses.count == 1 ? "is" : "are") dropped",
          hint: "write the whole list, or use a JSON patch", as: .schemaOutdatedMerge, .lint)
      }
    }
  }
}
