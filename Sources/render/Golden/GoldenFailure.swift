/// Why golden files cannot be dealt with, as a line of standard error says it.
struct GoldenFailure: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}
