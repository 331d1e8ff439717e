public import Lamina

extension Renderer {
  /// Renders on a thread of its own while the caller's task waits, and blocks no thread of Swift's pool.
  ///
  /// The thread has a stack of 256 MiB, of which only what is used takes memory, so that the depth of the
  /// input is not limited by the thread of the caller. When the task is cancelled, the build ends soon, with a
  /// `Diagnostic` of the code `cancelled`. Every call has its thread: a caller that gets requests without end
  /// limits how many calls run at once.
  ///
  /// - Parameters:
  ///   - directory: as for `render`.
  ///   - displayPath: what messages call the directory; its path if nil.
  ///   - cancellation: ends the build as well.
  /// - Returns: what `render` returns.
  /// - Throws: what `render` throws.
  public func renderOnThread(
    _ directory: String, displayPath: String? = nil, cancellation: CancellationToken? = nil
  ) async throws(Diagnostic) -> Rendering {
    let result = await Self.onThread(cancellation) { token in
      Result { () throws(Diagnostic) in
        try render(directory, displayPath: displayPath, cancellation: token)
      }
    }
    return try result.get()
  }

  /// Does what `outcome` does on a thread of its own while the caller's task waits, like `renderOnThread`.
  ///
  /// - Parameters:
  ///   - directory: as for `render`.
  ///   - displayPath: what messages call the directory; its path if nil.
  ///   - cancellation: ends the build as well.
  public func outcomeOnThread(
    of directory: String, displayPath: String? = nil, cancellation: CancellationToken? = nil
  ) async -> BuildOutcome {
    await Self.onThread(cancellation) { token in
      outcome(of: directory, displayPath: displayPath, cancellation: token)
    }
  }

  /// Hands on that the task, or the caller's token, is cancelled to a token of the build's.
  private static func onThread<Value: Sendable>(
    _ cancellation: CancellationToken?,
    _ work: @escaping @Sendable (CancellationToken) -> Value
  ) async -> Value {
    let token = CancellationToken(cancelledWith: cancellation)
    return await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let run: @Sendable () -> Void = { continuation.resume(returning: work(token)) }
        // Without a thread to be had, this one does the work.
        if let thread = WorkThread(run) { thread.detach() } else { run() }
      }
    } onCancel: {
      token.cancel()
    }
  }
}
