/// The order in which kustomize writes the fields of a kustomization and of the entries in it.
///
/// Source: kustomize/commands/internal/kustfile/kustomizationfile.go (`determineFieldOrder`). A new field
/// goes behind the last one of the file that comes before it here.
enum FieldOrder {
  static let kustomization = [
    "apiVersion", "kind", "metadata", "sortOptions", "resources", "bases", "namePrefix",
    "nameSuffix", "namespace", "crds", "commonLabels", "labels", "commonAnnotations",
    "patchesStrategicMerge", "patchesJson6902", "patches", "configMapGenerator",
    "secretGenerator", "helmCharts", "helmChartInflationGenerator", "helmGlobals",
    "generatorOptions", "vars", "images", "replacements", "replicas", "configurations",
    "generators", "transformers", "validators", "components", "openapi", "buildMetadata",
  ]

  static let image = ["name", "newName", "newTag", "digest"]
  static let generator = [
    "name", "namespace", "behavior", "type", "files", "literals", "envs", "options",
  ]
}
