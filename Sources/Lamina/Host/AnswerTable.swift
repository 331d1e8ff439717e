internal import Synchronization

/// Answers of a host by question. Of several who ask the same, one asks the host, and the others wait.
final class AnswerTable<Question: Hashable & Sendable, Answer: Sendable>: Sendable {
  /// How much of what successes cost is kept; what goes beyond is asked for anew.
  private let costLimit: Int
  private let state = Mutex(State())

  private struct State {
    var entries: [Question: Entry] = [:]
    var cost = 0
  }

  /// One question. Its lock is held while the host is asked, and no other entry's by the same thread:
  /// nobody can wait in a circle.
  private final class Entry: Sendable {
    let answer = Mutex<Result<Answer, HostFailure>?>(nil)
  }

  init(costLimit: Int = .max) { self.costLimit = costLimit }

  /// The answer to a question; a failure is an answer as well.
  ///
  /// - Parameters:
  ///   - cost: what it costs to keep an answer.
  ///   - ask: asks the host.
  func answer(
    to question: Question, cost: (Answer) -> Int = { _ in 0 },
    _ ask: () throws(HostFailure) -> Answer
  ) throws(HostFailure) -> Answer {
    let outcome = entry(of: question).answer.withLock { known in
      if let known { return known }
      let outcome = Result { () throws(HostFailure) in try ask() }
      if isKept(outcome, cost) { known = outcome }
      return outcome
    }
    return try outcome.get()
  }

  private func entry(of question: Question) -> Entry {
    state.withLock { state in
      if let entry = state.entries[question] { return entry }
      let entry = Entry()
      state.entries[question] = entry
      return entry
    }
  }

  /// A build that was cancelled says nothing to the others.
  private func isKept(_ outcome: Result<Answer, HostFailure>, _ cost: (Answer) -> Int) -> Bool {
    switch outcome {
    case .failure(let failure): failure != .cancelled
    case .success(let answer):
      state.withLock { state in
        let sum = state.cost.addingReportingOverflow(cost(answer))
        if sum.overflow || sum.partialValue > costLimit { return false }
        state.cost = sum.partialValue
        return true
      }
    }
  }
}

extension AnswerTable where Answer == Void {
  /// Does what may fail, unless it is known to fail. What has worked once is done again by each who
  /// asks, and nobody waits for it any more.
  func attempt<Value>(
    _ question: Question, _ attempt: () throws(HostFailure) -> Value
  ) throws(HostFailure) -> Value {
    var value: Value?
    try answer(to: question) { () throws(HostFailure) in value = try attempt() }
    if let value { return value }
    return try attempt()
  }
}
