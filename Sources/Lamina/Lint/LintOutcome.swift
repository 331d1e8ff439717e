/// What the rules say of one build, ready to be put together with the other builds of a run.
package struct LintOutcome: Sendable {
  /// One finding with its place in words.
  struct Entry: Sendable {
    let diagnostic: Diagnostic
    let rule: DiagnosticID
    let level: LintLevel
    let isNote: Bool
    /// The finding counts only if no other root of the run includes this one.
    let isForRootsOnly: Bool
    /// The entries that did nothing, where the finding is about that.
    let idleEntries: [EntryPlace]
    let object: String?
    /// The object by the name that its file gives it.
    let writtenObject: String?
    /// The comment that silences the finding, by its place in `comments`.
    let silencedBy: Int?
  }

  /// The place of an entry, which builds that read the same file have in common.
  struct EntryPlace: Hashable, Sendable {
    @ByteText var file: String
    let line: Int
    let column: Int
  }

  /// A comment that silences findings, in one of the files that the build read.
  struct Comment: Hashable, Sendable {
    @ByteText var file: String
    let comment: IgnoreComments.Comment
  }

  var entries: [Entry] = []
  /// The canonical paths of the files that the build read.
  package var filesRead: [String] = []
  /// The resources of the build, as `Kind/name` with the names that their files give them.
  var writtenObjects: [String] = []
  /// The entries that did something in this build.
  var activeEntries: Set<EntryPlace> = []
  var comments: [Comment] = []
  /// What is said of each comment that silences nothing; empty where that is not asked.
  var unusedComments: [Diagnostic] = []
  /// The directories of the layers below the root's, as they are identified among builds.
  var includedDirectories: Set<ByteText> = []
  /// The directory of the root itself.
  var directory: String?

  /// Nothing was found, and nothing is told that other builds could need.
  var isEmpty: Bool {
    entries.isEmpty && unusedComments.isEmpty && filesRead.isEmpty && directory == nil
      && writtenObjects.isEmpty
      && activeEntries.isEmpty && includedDirectories.isEmpty && comments.isEmpty
  }

  /// The outcome of another look, without the findings of other rules. Of comments that silence nothing the first look
  /// has told.
  package func limited(to rule: DiagnosticID) -> LintOutcome {
    var outcome = self
    outcome.entries.removeAll { $0.rule != rule }
    outcome.unusedComments = []
    return outcome
  }
}
