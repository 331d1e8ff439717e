/// Why nothing can be compared.
struct DiffFailure: Error, CustomStringConvertible {
  private let message: String

  init(_ message: String) { self.message = message }

  var description: String { "error: \(message)" }
}
