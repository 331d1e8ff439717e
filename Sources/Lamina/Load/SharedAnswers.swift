internal import Synchronization

/// What a host has answered to the builds of one run, so that the next build need not ask again.
///
/// Made by a caller that renders several roots, and handed to each `Renderer`:
///
///     let answers = SharedAnswers()
///     let renderer = Renderer(files, host: host, answers: answers)
///
/// It keeps what helm printed, which charts were downloaded, and what could not be fetched: a server
/// that does not answer is waited for once, not once for each root. May be used from many threads at
/// once; a build that needs an answer which another one is getting waits for it.
public final class SharedAnswers: Sendable {
  /// Made when a build asks for one of them: most ask nothing, and the types of the tables take a million instructions
  /// to make.
  private let tables = Mutex<Tables?>(nil)

  private final class Tables: Sendable {
    let programs = AnswerTable<ProgramQuestion, ProgramResult>(costLimit: 256 << 20)
    let charts = AnswerTable<ProgramQuestion, ProgramResult>()
    let checkouts = AnswerTable<RemoteContent.CheckoutQuestion, Void>()
    let files = AnswerTable<RemoteContent.FileQuestion, Void>()
    let silentServers = Mutex<[ByteText: HostFailure]>([:])
  }

  /// What helm printed, up to 256 MiB of it.
  var programs: AnswerTable<ProgramQuestion, ProgramResult> { made.programs }
  /// Which charts were downloaded; the files are on the disk.
  var charts: AnswerTable<ProgramQuestion, ProgramResult> { made.charts }
  /// A checkout belongs to one build, and each build asks for a file itself: only failures are kept.
  var checkouts: AnswerTable<RemoteContent.CheckoutQuestion, Void> { made.checkouts }
  var files: AnswerTable<RemoteContent.FileQuestion, Void> { made.files }

  /// Nothing is known at first.
  public init() {}

  private var made: Tables {
    tables.withLock { tables in
      if let tables { return tables }
      let made = Tables()
      tables = made
      return made
    }
  }

  /// How a server that said nothing was given up, so that the next file is not asked of it; nil for one that has
  /// answered, or was not asked.
  func silence(of server: String) -> HostFailure? {
    made.silentServers.withLock { $0[server] }
  }

  func note(_ failure: HostFailure, of server: String) {
    guard case .silence = failure else { return }
    made.silentServers.withLock { $0[server] = failure }
  }
}
