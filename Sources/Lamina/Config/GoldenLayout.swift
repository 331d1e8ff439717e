/// How the stream of a root is kept in golden files: `golden.layout` of `lamina.yaml`.
package enum GoldenLayout: String, Sendable, CaseIterable {
  /// In one file.
  case file
  /// In a directory with a file for each resource.
  case resources
}
