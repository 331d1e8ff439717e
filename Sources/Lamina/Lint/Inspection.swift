/// One look of the rules at a build: what they read, and what they have found.
package struct Inspection {
  package let build: InspectedBuild
  private(set) var findings: [Finding] = []
  /// Every build reports less than `lint` does.
  package let isLint: Bool

  init(_ build: InspectedBuild, isLint: Bool) {
    self.build = build
    self.isLint = isLint
  }

  /// Reports what a rule has found.
  ///
  /// - Parameters:
  ///   - problem: the words; its id is the rule's.
  ///   - level: how serious it is, before the settings are asked.
  ///   - resource: the resource that it is about.
  ///   - object: the object that it is about as `Kind/name`, where no resource is.
  ///   - idleEntry: the entry that did nothing in this build, where that is what the rule says.
  ///   - others: further entries of which the same is said.
  mutating func report(
    _ problem: Problem, _ level: LintLevel, of resource: Resource? = nil,
    about object: String? = nil, idleEntry: Position? = nil, others: [Position] = [],
    isNote: Bool = false
  ) {
    findings.append(
      Finding(
        problem: problem, level: level, isNote: isNote,
        idleEntries: (idleEntry.map { [$0] } ?? []) + others,
        object: object ?? resource.map { build.name(of: $0) },
        writtenObject: object ?? resource.map { build.writtenName(of: $0) }))
  }
}
