import ArgumentParser
import Lamina
import LaminaHost

/// `render worker`: directories rendered into files that the caller names, as an action of a build system.
///
/// With `--persistent_worker` the process stays and takes one request after the other, in the JSON form of Bazel's
/// worker protocol. It keeps what it has parsed, so that the bases of many overlays are read once.
struct WorkerCommand: ParsableCommand, BuildingCommand {
  static let configuration = CommandConfiguration(
    commandName: "worker",
    abstract: CommandPage.worker.abstract, discussion: CommandPage.worker.text)

  @Argument(help: "Directories and files in turn, or @FILE with one of them a line.")
  var words: [String] = []

  @Flag(name: CommandFlag.workerPersistent.names, help: CommandFlag.workerPersistent.help)
  var persistentWorker = false

  @Option(name: CommandFlag.jobs.names, parsing: .unconditional, help: CommandFlag.jobs.help)
  var jobs: Int?

  @OptionGroup
  var flags: BuildFlags

  func validate() throws {
    if persistentWorker, !words.isEmpty {
      throw ValidationError("with --persistent_worker, requests name the directories and files")
    }
    if !persistentWorker, words.isEmpty {
      throw ValidationError(
        "directories and files are needed, or --persistent_worker for requests")
    }
    if let jobs, jobs < 1 { throw ValidationError("--jobs must be at least 1") }
    if flags.invocation(jobs: nil).runsPrograms {
      throw ValidationError(
        "a worker runs no programs: they may read what no build system knows of")
    }
  }

  func run() {
    // The build system runs several workers at once.
    var run = WorkerRun(flags.invocation(jobs: jobs ?? (persistentWorker ? 1 : nil)))
    if persistentWorker { return WorkerRequests.answerAll(&run) }
    let outcome = run.render(words, inputs: nil)
    StandardError.write(outcome.output)
    if !outcome.isSuccess { exitWithFailure() }
  }
}
