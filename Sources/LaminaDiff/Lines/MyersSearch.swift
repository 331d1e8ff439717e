/// The search of `SequenceDiff`, over elements that both sides have.
struct MyersSearch {
  /// A part of each side.
  private struct Box {
    var old: Range<Int>
    var new: Range<Int>
  }

  /// Behind every place, with room for sums.
  private static let nowhere = Int.max / 4

  private let old: [Int]
  private let new: [Int]
  private(set) var isOldChanged: [Bool]
  private(set) var isNewChanged: [Bool]
  /// For each diagonal (old place − new place) the furthest old place that was reached with the
  /// changes counted so far, from the front and from the back. Every search uses them anew.
  private var forward: [Int]
  private var backward: [Int]
  /// What is added to a diagonal to find its place in the arrays.
  private let shift: Int

  init(old: [Int], new: [Int]) {
    self.old = old
    self.new = new
    isOldChanged = Array(repeating: false, count: old.count)
    isNewChanged = Array(repeating: false, count: new.count)
    shift = new.count + 1
    let diagonals = old.count + new.count + 3
    forward = Array(repeating: 0, count: diagonals)
    backward = forward
  }

  /// Marks what differs.
  mutating func run() {
    var open = [Box(old: old.indices, new: new.indices)]
    while let box = open.popLast() {
      let rest = trimmed(box)
      if rest.old.isEmpty {
        for place in rest.new { isNewChanged[place] = true }
      } else if rest.new.isEmpty {
        for place in rest.old { isOldChanged[place] = true }
      } else {
        let (x, y) = middle(of: rest)
        open.append(Box(old: x..<rest.old.upperBound, new: y..<rest.new.upperBound))
        open.append(Box(old: rest.old.lowerBound..<x, new: rest.new.lowerBound..<y))
      }
    }
  }

  /// The box without what is equal at its ends.
  private func trimmed(_ box: Box) -> Box {
    var (x, y) = (box.old.lowerBound, box.new.lowerBound)
    var (endX, endY) = (box.old.upperBound, box.new.upperBound)
    while x < endX, y < endY, old[x] == new[y] {
      x += 1
      y += 1
    }
    while x < endX, y < endY, old[endX - 1] == new[endY - 1] {
      endX -= 1
      endY -= 1
    }
    return Box(old: x..<endX, new: y..<endY)
  }

  /// A point on a short way through the box, which is neither of its corners.
  private mutating func middle(of box: Box) -> (Int, Int) {
    let lowest = box.old.lowerBound - box.new.upperBound
    let highest = box.old.upperBound - box.new.lowerBound
    let front = box.old.lowerBound - box.new.lowerBound
    let back = box.old.upperBound - box.new.upperBound
    let isOdd = (front - back) & 1 != 0
    var (frontLow, frontHigh, backLow, backHigh) = (front, front, back, back)
    forward[front + shift] = box.old.lowerBound
    backward[back + shift] = box.old.upperBound
    for _ in 0..<SequenceDiff.maximumSearch {
      Self.widen(&frontLow, &frontHigh, lowest, highest) { forward[$0 + shift] = -1 }
      for diagonal in stride(from: frontHigh, through: frontLow, by: -2) {
        let x = advance(diagonal, in: box)
        forward[diagonal + shift] = x
        if isOdd, backLow <= diagonal, diagonal <= backHigh, backward[diagonal + shift] <= x {
          return (x, x - diagonal)
        }
      }
      Self.widen(&backLow, &backHigh, lowest, highest) { backward[$0 + shift] = Self.nowhere }
      for diagonal in stride(from: backHigh, through: backLow, by: -2) {
        let x = retreat(diagonal, in: box)
        backward[diagonal + shift] = x
        if !isOdd, frontLow <= diagonal, diagonal <= frontHigh, x <= forward[diagonal + shift] {
          return (x, x - diagonal)
        }
      }
    }
    return furthest(in: box, frontLow...frontHigh, backLow...backHigh)
  }

  /// Takes in the diagonals beside those looked at, or leaves out the outermost, which have left the
  /// box; `clear` is told the places that the next step looks at without having been there.
  private static func widen(
    _ low: inout Int, _ high: inout Int, _ lowest: Int, _ highest: Int, clear: (Int) -> Void
  ) {
    if low > lowest {
      low -= 1
      clear(low - 1)
    } else {
      low += 1
    }
    if high < highest {
      high += 1
      clear(high + 1)
    } else {
      high -= 1
    }
  }

  /// One more change, then along what is equal.
  private func advance(_ diagonal: Int, in box: Box) -> Int {
    let (below, above) = (forward[diagonal - 1 + shift], forward[diagonal + 1 + shift])
    var x = below < above ? above : below + 1
    var y = x - diagonal
    while x < box.old.upperBound, y < box.new.upperBound, old[x] == new[y] {
      x += 1
      y += 1
    }
    return x
  }

  /// The same from the back.
  private func retreat(_ diagonal: Int, in box: Box) -> Int {
    let (below, above) = (backward[diagonal - 1 + shift], backward[diagonal + 1 + shift])
    var x = below < above ? below : above - 1
    var y = x - diagonal
    while x > box.old.lowerBound, y > box.new.lowerBound, old[x - 1] == new[y - 1] {
      x -= 1
      y -= 1
    }
    return x
  }

  /// Where the search has got furthest from one of the corners, if it has to end here.
  private func furthest(
    in box: Box, _ fronts: ClosedRange<Int>, _ backs: ClosedRange<Int>
  ) -> (Int, Int) {
    var (bestFront, bestBack) = ((-1, -1), (Self.nowhere, Self.nowhere))
    for diagonal in stride(from: fronts.lowerBound, through: fronts.upperBound, by: 2) {
      let x = min(forward[diagonal + shift], box.old.upperBound)
      let y = min(x - diagonal, box.new.upperBound)
      if x + y > bestFront.0 + bestFront.1 { bestFront = (y + diagonal, y) }
    }
    for diagonal in stride(from: backs.lowerBound, through: backs.upperBound, by: 2) {
      let x = max(backward[diagonal + shift], box.old.lowerBound)
      let y = max(x - diagonal, box.new.lowerBound)
      if x + y < bestBack.0 + bestBack.1 { bestBack = (y + diagonal, y) }
    }
    let walked = bestFront.0 + bestFront.1 - box.old.lowerBound - box.new.lowerBound
    let left = box.old.upperBound + box.new.upperBound - bestBack.0 - bestBack.1
    return walked > left ? bestFront : bestBack
  }
}
