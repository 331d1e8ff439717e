import Lamina
import LaminaDiff

/// What it means that a golden file differs from what is rendered now.
enum GoldenDifference {
  static func words(old: [UInt8], new: [UInt8], of root: GoldenRoot) -> String { "" }
}
