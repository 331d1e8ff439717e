import ArgumentParser
import Lamina
import LaminaHost

/// `render deps`: every file that a root reads.
struct DepsCommand: ParsableCommand, BuildingCommand {
  static let configuration = CommandConfiguration(
    commandName: "deps",
    abstract: CommandPage.deps.abstract, discussion: CommandPage.deps.text)

  @OptionGroup
  var roots: RootArguments

  @Option(name: CommandFlag.depsFormat.names, help: CommandFlag.depsFormat.help)
  var format = DependencyFormat.list

  @Option(name: CommandFlag.depsTarget.names, help: CommandFlag.depsTarget.help)
  var target: String?

  @OptionGroup
  var flags: BuildFlags

  func validate() throws {
    guard target != nil else { return }
    if format != .make { throw ValidationError("--target is for --format make") }
    if roots.directory.count > 1 || roots.search.all {
      throw ValidationError("--target is for one directory")
    }
  }

  func run() {
    var invocation = flags.invocation(of: roots)
    if roots.directory.isEmpty, !roots.search.all { invocation.directories = ["."] }
    let files = SharedFiles(DiskFileSystem())
    let names = invocation.roots(in: files)
    invocation.buildsAtOnce = names.count
    // What is printed says nothing of values, and neither do the messages.
    invocation.options.hidesSecrets = true
    let renderer = invocation.renderer(files, SharedAnswers())
    if names.isEmpty { fail(invocation.noRoots) }
    let here = RelativePath(from: DiskFileSystem.workingDirectory)
    var found: [RootDependencies] = []
    ParallelWork.run(count: names.count, jobs: invocation.jobCount) { index in
      Result { () throws(Diagnostic) in
        try RootDependencies(of: names[index], renderer, from: here)
      }
    } receive: { _, outcome in
      switch outcome {
      case .success(let dependencies): found.append(dependencies)
      case .failure(let diagnostic): StandardError.say(diagnostic)
      }
    }
    do { StandardOutput.print(try format.text(of: found, target: target)) } catch {
      fail("error: \(error.message)")
    }
    if found.count < names.count { exitWithFailure() }
  }
}
