// Renders the directories that it reads from standard input, one a line, and keeps every outcome until something
// changes that its build looked for or read: also those of builds that failed, whose answer is wanted again and again
// while somebody looks for the mistake.
import Foundation
import Lamina
import LaminaHost

struct Cache {
  private var outcomes: [String: BuildOutcome] = [:]

  /// The outcome, and why it had to be made anew; nil where it is the one that was kept.
  mutating func outcome(of directory: String) -> (outcome: BuildOutcome, reason: String?) {
    let disk = DiskFileSystem()
    var reason = "it is new"
    if let known = outcomes[directory] {
      let change = known.inputs.change(in: disk)
      // What was fetched may have changed where this cache cannot see it.
      if change == nil, known.inputs.remotes.isEmpty { return (known, nil) }
      reason = "\(change ?? known.inputs.remotes[0]) may have changed"
    }
    let outcome = Renderer(fileSystem: disk, host: MachineHost()).outcome(of: directory)
    // A build that was cut short has not read what it would have read.
    if case .failure(let diagnostic) = outcome.result,
      ["cancelled", "limit-exceeded"].contains(diagnostic.code)
    {
      outcomes[directory] = nil
    } else {
      outcomes[directory] = outcome
    }
    return (outcome, reason)
  }
}

var cache = Cache()
while let directory = readLine() {
  let (outcome, reason) = cache.outcome(of: directory)
  let words =
    switch outcome.result {
    case .success(let rendering): "resources: \(rendering.resources.count)"
    case .failure(let diagnostic): "\(diagnostic.id)"
    }
  print("\(directory): \(words), \(reason.map { "rendered: \($0)" } ?? "kept")")
  fflush(nil)
}
