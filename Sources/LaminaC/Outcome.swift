internal import CLamina
internal import Lamina
internal import LaminaDiagnostics

/// What came of a call: a `lamina_result`.
final class Outcome: Handle {
  let status: lamina_status
  fileprivate let bytes: BorrowedBytes
  fileprivate let metadata: BorrowedBytes
  fileprivate let message: BorrowedBytes

  private init(
    _ status: lamina_status, bytes: [UInt8] = [], metadata: [UInt8], message: String
  ) {
    self.status = status
    self.bytes = BorrowedBytes(bytes[...])
    self.metadata = BorrowedBytes(metadata[...])
    self.message = BorrowedBytes(Array(message.utf8)[...])
  }

  /// - Parameters:
  ///   - diagnostics: what is to be said beside the bytes.
  ///   - fields: writes further fields of the metadata.
  convenience init(
    _ status: lamina_status = LAMINA_OK, bytes: [UInt8], diagnostics: [Diagnostic] = [],
    _ fields: (inout JSONWriter) -> Void = { _ in }
  ) {
    self.init(
      status, bytes: bytes, metadata: Self.metadata(diagnostics, fields),
      message: diagnostics.map(\.description).joined(separator: "\n"))
  }

  /// The input is wrong.
  convenience init(
    _ failure: Diagnostic, _ fields: (inout JSONWriter) -> Void = { _ in }
  ) {
    let text = [failure.report] + failure.warnings.map(\.description)
    self.init(
      failure.code == "cancelled" ? LAMINA_CANCELLED : LAMINA_FAILED,
      metadata: Self.metadata(failure.all, unlistedErrors: failure.unlistedErrors, fields),
      message: text.joined(separator: "\n"))
  }

  /// The call is wrong.
  convenience init(_ failure: InvalidCall) {
    self.init(
      LAMINA_INVALID, metadata: Self.metadata([], { _ in }),
      message: MessageLine.shown("error: \(failure.message)"))
  }

  /// It was cancelled before anything was done.
  static var cancelled: Outcome {
    Outcome(
      LAMINA_CANCELLED, metadata: metadata([], { _ in }), message: "error: the build was cancelled")
  }

  private static func metadata(
    _ diagnostics: [Diagnostic], unlistedErrors: Int = 0, _ fields: (inout JSONWriter) -> Void
  ) -> [UInt8] {
    var json = JSONWriter()
    json.object { json in
      json.field("version", 1)
      json.field("diagnostics") { $0.array(of: diagnostics) { $0.write($1) } }
      if unlistedErrors > 0 { json.field("unlistedErrors", unlistedErrors) }
      fields(&json)
    }
    return json.output
  }
}

/// Bytes that C reads for as long as their owner lives, with a zero behind them.
final class BorrowedBytes: @unchecked Sendable {
  // Written once, before anybody else knows of it.
  private let start: UnsafeMutableBufferPointer<CChar>

  init(_ bytes: ArraySlice<UInt8>) {
    start = .allocate(capacity: bytes.count + 1)
    bytes.withUnsafeBytes { UnsafeMutableRawBufferPointer(start).copyMemory(from: $0) }
    start[bytes.count] = 0
  }

  deinit { start.deallocate() }

  func lend(_ length: UnsafeMutablePointer<Int>?) -> UnsafePointer<CChar>? {
    length?.pointee = start.count - 1
    return UnsafePointer(start.baseAddress)
  }
}

// MARK: - For C

@_cdecl("lamina_result_status")
public func laminaResultStatus(_ result: OpaquePointer?) -> UInt32 {
  (Outcome.of(result)?.status ?? LAMINA_INVALID).rawValue
}

@_cdecl("lamina_result_bytes")
public func laminaResultBytes(
  _ result: OpaquePointer?, _ length: UnsafeMutablePointer<Int>?
) -> UnsafePointer<CChar>? {
  lend(result, \.bytes, length)
}

@_cdecl("lamina_result_metadata")
public func laminaResultMetadata(
  _ result: OpaquePointer?, _ length: UnsafeMutablePointer<Int>?
) -> UnsafePointer<CChar>? {
  lend(result, \.metadata, length)
}

@_cdecl("lamina_result_message")
public func laminaResultMessage(
  _ result: OpaquePointer?, _ length: UnsafeMutablePointer<Int>?
) -> UnsafePointer<CChar>? {
  lend(result, \.message, length)
}

@_cdecl("lamina_result_free")
public func laminaResultFree(_ result: OpaquePointer?) { Outcome.free(result) }

private func lend(
  _ result: OpaquePointer?, _ part: KeyPath<Outcome, BorrowedBytes>,
  _ length: UnsafeMutablePointer<Int>?
) -> UnsafePointer<CChar>? {
  guard let outcome = Outcome.of(result) else {
    length?.pointee = 0
    return nil
  }
  return outcome[keyPath: part].lend(length)
}
