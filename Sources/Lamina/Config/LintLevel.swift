/// How seriously a rule takes what it finds.
package enum LintLevel: String, Sendable, CaseIterable, Codable {
  /// A certain mistake: a warning of every build, and an error of `lint` and of strict builds.
  case error
  /// Almost certainly a mistake: a warning of every build and of `lint`, and an error of strict builds.
  case warning
  /// Worth a look: a warning of `lint` only.
  case lint
  /// Not reported.
  case off

  /// Every build reports findings of this level, and not only `lint`.
  package var concernsBuilds: Bool { self == .error || self == .warning }
}
