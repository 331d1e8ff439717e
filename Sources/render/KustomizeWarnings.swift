import Lamina

/// What kustomize would warn of as well, and no findings of rules.
enum KustomizeWarnings {
  static func of(_ rendering: Rendering) -> [Diagnostic] {
    rendering.warnings.filter { warning in
      DiagnosticID(rawValue: warning.id).map { !$0.isRule || $0 == .deprecatedField } ?? true
    }
  }
}
