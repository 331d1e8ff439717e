/// A call that makes no sense, whatever the input is.
struct InvalidCall: Error {
  /// What is wrong, on one line.
  let message: String

  init(_ message: String) { self.message = message }

  static func missing(_ name: String) -> InvalidCall { InvalidCall("\(name) is null") }
}
