import ArgumentParser
import Lamina
import LaminaHost
import LaminaSchema
import LaminaServer
import Pattern

/// `render lsp`: a server of the Language Server Protocol, which editors start.
struct LSPCommand: ParsableCommand, BuildingCommand {
  static let configuration = CommandConfiguration(
    commandName: "lsp",
    abstract: CommandPage.lsp.abstract, discussion: CommandPage.lsp.text)

  @Option(
    name: CommandFlag.exclude.names, parsing: .unconditionalSingleValue,
    help: CommandFlag.exclude.help)
  var exclude: [String] = []

  @Option(
    name: CommandFlag.jobs.names, parsing: .unconditional, help: CommandFlag.jobs.help)
  var jobs: Int?

  /// Taken without effect: editors name the pipe that there is.
  @Flag(name: CommandFlag.lspStandardPipes.names, help: CommandFlag.lspStandardPipes.help)
  var stdio = false

  @OptionGroup
  var flags: BuildFlags

  func validate() throws {
    if let jobs, jobs < 1 { throw ValidationError("--jobs must be at least 1") }
  }

  func run() {
    var invocation = flags.invocation(jobs: jobs)
    // By paths from the project's directory, since an editor starts this anywhere. That a pattern matches nothing is
    // not said with every search for roots.
    invocation.exclusion.settings = exclude.map { Glob(Path.clean($0), separator: "/") }
    // Nobody wants what they type to be fetched.
    invocation.options.isOffline = true
    let call = invocation
    let server = LanguageServer(
      ServerSurroundings(
        files: DiskFileSystem(readsStreams: false), host: call.host, jobs: call.jobCount,
        version: Version.own
      ) { call.servedProject(in: $0) })
    ServerPipes.run(server)
  }
}

extension Invocation {
  /// The settings for the files below a directory.
  fileprivate func servedProject(
    in directory: String
  ) -> (project: ServedProject, problem: String?) {
    do {
      let project = try Project.settings(for: directory)
      do { return (try served(project), nil) } catch {
        return (try served(project.withoutFile), words(error))
      }
    } catch {
      let settings = Project.Settings(directory: directory, top: directory, file: ProjectFile())
      let schemas = SchemaRules(version: nil, definitions: CustomDefinitions())
      return (served(settings, schemas), words(error))
    }
  }

  private func words(_ error: any Error) -> String {
    (error as? Diagnostic)?.headline ?? "\(error)"
  }

  private func served(_ project: Project.Settings) throws -> ServedProject {
    served(project, try SchemaRules(project))
  }

  private func served(_ project: Project.Settings, _ schemas: SchemaRules) -> ServedProject {
    ServedProject(
      directory: project.directory, rules: Rule.all + schemas.rememberingObjects.all,
      lint: project.file.lint, options: options(in: project), schemas: schemas,
      past: { try self.past(of: $0, $1, since: $2, project) }
    ) { [exclusion] roots in
      let names = RelativePath(from: project.directory)
      return exclusion.kept(roots, project.file, in: project.directory) {
        (name: names.text(of: $0), path: $0)
      }
    }
  }
}

extension Project.Settings {
  /// The same project with the settings that are usual.
  fileprivate var withoutFile: Project.Settings {
    Project.Settings(directory: directory, top: top, file: ProjectFile())
  }
}
