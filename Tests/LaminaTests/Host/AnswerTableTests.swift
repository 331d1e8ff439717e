import Synchronization
import Testing

@testable import Lamina

@Suite struct AnswerTableTests {
  private final class Counter: Sendable {
    private let count = Mutex(0)

    func next() -> Int {
      count.withLock { count in
        count += 1
        return count
      }
    }
  }

  @Test func eachQuestionIsAskedOnce() throws {
    let table = AnswerTable<String, Int>()
    let counter = Counter()
    for _ in 1...3 { #expect(try table.answer(to: "a") { counter.next() } == 1) }
    #expect(try table.answer(to: "b") { counter.next() } == 2)
  }

  @Test func failuresAreAnswersUnlessTheBuildWasCancelled() {
    let table = AnswerTable<String, Int>()
    for failure in [HostFailure.cancelled, .status(503)] {
      #expect(throws: failure) {
        try table.answer(to: "a") { () throws(HostFailure) in throw failure }
      }
    }
    #expect(throws: HostFailure.status(503)) { try table.answer(to: "a") { 1 } }
  }

  @Test func whatCostsTooMuchIsNotKept() throws {
    let table = AnswerTable<String, Int>(costLimit: 10)
    func answers(_ question: String, cost: Int) throws -> [Int] {
      try (1...2).map { value in try table.answer(to: question, cost: { _ in cost }) { value } }
    }
    #expect(try answers("a", cost: 6) == [1, 1])
    #expect(try answers("b", cost: 5) == [1, 2])
    #expect(try answers("c", cost: 4) == [1, 1])
    #expect(try answers("d", cost: .max) == [1, 2])
  }

  @Test func whoAsksMeanwhileWaitsForTheAnswer() async {
    let table = AnswerTable<String, Int>()
    let counter = Counter()
    let answers = await withTaskGroup(of: Int?.self) { group in
      for _ in 1...20 {
        group.addTask { try? table.answer(to: "a") { counter.next() } }
      }
      return await group.reduce(into: []) { $0.append($1) }
    }
    #expect(answers == Array(repeating: 1, count: 20))
  }

  @Test func attemptsThatWorkAreMadeByEach() throws {
    let table = AnswerTable<String, Void>()
    #expect(try table.attempt("a") { 1 } == 1)
    #expect(try table.attempt("a") { 2 } == 2)
    #expect(throws: HostFailure.noRemotes) {
      try table.attempt("b") { () throws(HostFailure) -> Int in throw .noRemotes }
    }
    #expect(throws: HostFailure.noRemotes) { try table.attempt("b") { 3 } }
  }
}
