/// Which files a kustomization may read.
public enum LoadRestriction: String, Sendable, CaseIterable {
  /// Files in or below the directory of the kustomization, symbolic links followed.
  case rootOnly = "LoadRestrictionsRootOnly"
  /// Any file.
  case none = "LoadRestrictionsNone"
}
