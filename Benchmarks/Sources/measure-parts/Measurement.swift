import CAllocations

/// One part of a build, run again and again.
///
///     measure("copy", per: "node", count: tree.nodes.count) {
///       tree                                  // made anew for each run, and not timed
///     } run: { tree in
///       for root in roots { _ = tree.copy(root) }
///     }
struct Measurement {
  let name: String
  /// What the figures are divided by: a byte read, a node copied.
  let unit: String
  /// How many units one run does.
  let count: Int
  let nanoseconds: Int
  let allocations: Int

  static let heading = """
    | part | ns | allocations | in one run |
    |---|---|---|---|
    """

  var row: String {
    let allocations = allocations < 0 ? "not counted" : format(allocations, decimals: 3)
    return "| \(name) | \(format(nanoseconds, decimals: 1)) a \(unit) | \(allocations) a \(unit) "
      + "| \(count) × \(unit) |"
  }

  private func format(_ total: Int, decimals: Int) -> String {
    let scale = (0..<decimals).reduce(1) { scale, _ in scale * 10 }
    let scaled = (total * scale + count / 2) / max(count, 1)
    let fraction = String(scaled % scale)
    return "\(scaled / scale)."
      + String(repeating: "0", count: decimals - fraction.count) + fraction
  }
}

/// Measures a part: the median time of all runs, and the allocations of the last.
func measure<State>(
  _ name: String, per unit: String, count: Int, runs: Int, prepare: () throws -> State,
  run: (inout State) throws -> Void
) rethrows -> Measurement {
  let clock = ContinuousClock()
  var times: [Duration] = []
  var allocations = 0
  for _ in 0..<runs {
    var state = try prepare()
    let before = allocations_so_far()
    times.append(try clock.measure { try run(&state) })
    allocations = allocations_so_far() - before
  }
  times.sort()
  let median = times[times.count / 2].components
  return Measurement(
    name: name, unit: unit, count: count,
    nanoseconds: Int(median.seconds * 1_000_000_000 + median.attoseconds / 1_000_000_000),
    allocations: allocations_so_far() < 0 ? -1 : allocations)
}
