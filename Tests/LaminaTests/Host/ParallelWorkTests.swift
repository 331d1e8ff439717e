import LaminaHost
import Synchronization
import Testing

/// Every piece of work is done once, and outcomes come in the order of the pieces.
@Suite struct ParallelWorkTests {
  @Test(arguments: [0, 1, 2, 7, 64, 65, 500], [1, 2, 3, 8, 24])
  func outcomesComeInOrder(_ count: Int, _ jobs: Int) {
    let begun = Mutex(Array(repeating: 0, count: count))
    var received: [Int] = []
    ParallelWork.run(count: count, jobs: jobs) { index in
      begun.withLock { $0[index] += 1 }
      return index * 2
    } receive: { index, outcome in
      received.append(index)
      #expect(outcome == index * 2)
    }
    #expect(received == Array(0..<count))
    #expect(begun.withLock { $0 } == Array(repeating: 1, count: count))
  }

  /// While one thread is busy with a long piece the others do the rest, as far as they may be ahead.
  @Test func othersGoOnWhileOnePieceTakesLong() {
    let done = Mutex(0)
    var doneBefore = 0
    let latest = ContinuousClock.now + .seconds(20)
    ParallelWork.run(count: 60, jobs: 2) { index in
      if index == 0 { while done.withLock({ $0 }) < 59, .now < latest {} }
      done.withLock { $0 += 1 }
      return index
    } receive: { index, _ in
      if index == 0 { doneBefore = done.withLock { $0 } }
    }
    #expect(doneBefore >= 59)
  }

  /// The work stays near the outcomes that are taken: they need memory.
  @Test func workIsNotFarAhead() {
    let highest = Mutex(0)
    var distance = 0
    ParallelWork.run(count: 1000, jobs: 2) { index in
      highest.withLock { $0 = max($0, index) }
      return index
    } receive: { index, _ in
      distance = max(distance, highest.withLock { $0 } - index)
    }
    #expect(distance <= 64)
  }
}
