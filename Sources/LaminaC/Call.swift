internal import CLamina
internal import LaminaHost
internal import Lamina

/// One call of an operation, from the request of C to the result of C.
enum Call {
  /// Does the work on a thread of its own, and puts the outcome where the caller wants it.
  ///
  /// - Parameters:
  ///   - requests: read on the caller's thread, as long as the pointers in them are good.
  ///   - result: where the outcome goes.
  ///   - work: throws an `InvalidCall`, or a `Diagnostic` where the input is wrong.
  static func run(
    _ requests: [UnsafeRawPointer?], _ result: UnsafeMutablePointer<OpaquePointer?>?,
    _ work: @escaping @Sendable ([Request]) throws -> Outcome
  ) -> UInt32 {
    guard let result else { return LAMINA_INVALID.rawValue }
    let outcome: Outcome
    do throws(InvalidCall) {
      var read: [Request] = []
      for pointer in requests { read.append(try Request(pointer)) }
      let all = read
      outcome = WorkThread.run { Self.outcome(of: all, work) }
    } catch { outcome = Outcome(error) }
    result.pointee = outcome.handle()
    return outcome.status.rawValue
  }

  private static func outcome(
    of requests: [Request], _ work: ([Request]) throws -> Outcome
  ) -> Outcome {
    if isCancelled(requests) { return .cancelled }
    do {
      let outcome = try work(requests)
      return outcome.status == LAMINA_FAILED && isCancelled(requests) ? .cancelled : outcome
    } catch let error as InvalidCall {
      return Outcome(error)
    } catch let diagnostic as Diagnostic {
      return isCancelled(requests) ? .cancelled : Outcome(diagnostic)
    } catch { return Outcome(InvalidCall("\(error)")) }
  }

  private static func isCancelled(_ requests: [Request]) -> Bool {
    requests.contains { $0.cancel?.isCancelled == true }
  }
}
