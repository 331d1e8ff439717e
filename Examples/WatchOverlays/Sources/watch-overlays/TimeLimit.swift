/// Does some work in a task that is cancelled when it takes too long.
func withTimeLimit<Outcome: Sendable>(
  seconds: Double, _ work: @escaping @Sendable () async throws -> Outcome
) async throws -> Outcome {
  try await withThrowingTaskGroup(of: Outcome.self) { group in
    group.addTask(operation: work)
    group.addTask {
      try await Task.sleep(for: .seconds(seconds))
      throw CancellationError()
    }
    // Whichever ends first decides; the other one is cancelled with the group.
    defer { group.cancelAll() }
    guard let outcome = try await group.next() else { throw CancellationError() }
    return outcome
  }
}
