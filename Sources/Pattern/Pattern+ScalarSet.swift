extension Pattern {
  /// A character class.
  ///
  /// Folding a class adds every code point that differs from a member only by case; negation
  /// comes after folding. Source: Go regexp/syntax, character classes.
  struct ScalarSet: Sendable {
    /// One part of a class.
    struct Member: Sendable {
      /// Ranges of code points, ordered and apart from each other.
      let ranges: [ClosedRange<UInt32>]

      /// General categories of Unicode.
      let categories: [Unicode.GeneralCategory]

      /// True when the part is everything else.
      var isNegated: Bool
    }

    /// The parts of the class.
    let members: [Member]

    /// True when case does not count.
    let isFolded: Bool

    /// True when the class is everything its parts are not.
    let isNegated: Bool

    /// One bit for each ASCII code point in the class, in two halves.
    private let low: UInt64
    private let high: UInt64

    /// Makes a class of its parts.
    init(members: [Member], isFolded: Bool, isNegated: Bool = false) {
      self.members = members
      self.isFolded = isFolded
      self.isNegated = isNegated
      low = Self.mask(0..<64, members, isFolded, isNegated)
      high = Self.mask(64..<128, members, isFolded, isNegated)
    }

    /// Tells whether a code point is in the class.
    func contains(_ code: UInt32) -> Bool {
      if code < 64 { return low >> UInt64(code) & 1 == 1 }
      if code < 128 { return high >> UInt64(code - 64) & 1 == 1 }
      return Self.contains(code, members, isFolded) != isNegated
    }

    /// Tells whether a code point is in one of the parts.
    private static func contains(_ code: UInt32, _ members: [Member], _ isFolded: Bool) -> Bool {
      guard isFolded else { return members.contains { $0.contains(code) } }
      let orbit = CaseFolding.orbit(of: code)
      return members.contains { $0.contains(anyOf: orbit) }
    }

    /// The bits for 64 code points.
    ///
    /// Most texts are ASCII, for which a class is one look at a bit.
    private static func mask(
      _ codes: Range<UInt32>, _ members: [Member], _ isFolded: Bool, _ isNegated: Bool
    ) -> UInt64 {
      var mask: UInt64 = 0
      for code in codes where contains(code, members, isFolded) != isNegated {
        mask |= 1 << UInt64(code - codes.lowerBound)
      }
      return mask
    }
  }
}

extension Pattern.ScalarSet.Member {
  /// Makes a part of ranges in any order.
  init(ranges: [ClosedRange<UInt32>], isNegated: Bool = false) {
    self.init(ranges: Self.merged(ranges), categories: [], isNegated: isNegated)
  }

  /// Makes a part of general categories.
  init(categories: [Unicode.GeneralCategory], isNegated: Bool = false) {
    self.init(ranges: [], categories: categories, isNegated: isNegated)
  }

  /// Tells whether a code point is in the part.
  func contains(_ code: UInt32) -> Bool {
    holds(code) != isNegated
  }

  /// Tells whether code points that differ only by case are in the part.
  func contains(anyOf orbit: [UInt32]) -> Bool {
    orbit.contains(where: holds) != isNegated
  }

  /// Tells whether a code point is in a range or a category, before negation.
  ///
  /// A member has ranges or categories, never both.
  private func holds(_ code: UInt32) -> Bool {
    if !categories.isEmpty, let scalar = Unicode.Scalar(code) {
      return categories.contains(scalar.properties.generalCategory)
    }
    var candidates = ranges[...]
    while !candidates.isEmpty {
      let middle = candidates.startIndex + candidates.count / 2
      if ranges[middle].contains(code) { return true }
      candidates =
        code < ranges[middle].lowerBound ? candidates[..<middle] : candidates[(middle + 1)...]
    }
    return false
  }

  /// The ranges in order, with those that overlap or touch made one.
  private static func merged(_ ranges: [ClosedRange<UInt32>]) -> [ClosedRange<UInt32>] {
    var result: [ClosedRange<UInt32>] = []
    for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      if let last = result.last, range.lowerBound <= last.upperBound + 1 {
        result[result.count - 1] = last.lowerBound...max(last.upperBound, range.upperBound)
      } else {
        result.append(range)
      }
    }
    return result
  }
}
