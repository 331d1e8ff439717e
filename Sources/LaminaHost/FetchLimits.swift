/// How much may be fetched, and how long a server may say nothing. They hold while something is fetched:
/// neither the disk nor the memory is filled first.
///
/// `FetchLimitTests` has a server that sends without end, one that says nothing, and one that stops
/// in the middle.
package struct FetchLimits: Sendable {
  /// More bytes than any manifest has, and few enough to be held in memory.
  package var fileSize = 256 << 20
  /// The bytes of a repository: what git fetches, and the files that it writes.
  package var repositorySize = 4 << 30
  /// How many seconds a server may say nothing that is asked for a file. A call of git for a repository
  /// has the time limit of the repository's address, which is shorter by default.
  package var silence = 30.0
  /// How many seconds a file may take: a large bundle over a slow line takes its time.
  package var fileTime = 300.0
  /// How many seconds a call of git for a repository may take whose address does not say so; nil is as
  /// many as kustomize allows.
  package private(set) var repositoryTime: Double?

  package init() {}

  /// Waits so many seconds for a server that says nothing.
  package mutating func giveUp(after seconds: Double) {
    silence = seconds
    repositoryTime = seconds
    fileTime = max(fileTime, seconds)
  }
}
