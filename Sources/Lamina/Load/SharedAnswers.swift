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
  /// What helm printed, up to 256 MiB of it.
  let programs = AnswerTable<ProgramQuestion, ProgramResult>(costLimit: 256 << 20)
  /// Which charts were downloaded; the files are on the disk.
  let charts = AnswerTable<ProgramQuestion, ProgramResult>()
  /// A checkout belongs to one build, and each build asks for a file itself: only failures are kept.
  let checkouts = AnswerTable<RemoteContent.CheckoutQuestion, Void>()
  let files = AnswerTable<RemoteContent.FileQuestion, Void>()
  /// Servers that said nothing, and how each was given up: of the next file it is not asked again.
  private let silentServers = Mutex<[ByteText: HostFailure]>([:])

  /// Nothing is known at first.
  public init() {}

  /// How a server was given up; nil for one that has answered, or was not asked.
  func silence(of server: String) -> HostFailure? {
    silentServers.withLock { $0[server] }
  }

  func note(_ failure: HostFailure, of server: String) {
    guard case .silence = failure else { return }
    silentServers.withLock { $0[server] = failure }
  }
}
