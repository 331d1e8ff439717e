internal import Lamina

/// A message of the client's.
struct Message: Sendable {
  let method: String
  /// The id as it is spelled in JSON; nil for a notification.
  let id: String?
  /// nil where there are none.
  let params: JSONDocument.Value?

  /// What came.
  enum Incoming {
    case message(Message)
    /// To a request of the server's.
    case answer(id: String?, isError: Bool)
    /// What is no message, with the answer.
    case refused(id: String?, RequestError)
  }

  static func read(_ bytes: [UInt8]) -> Incoming {
    let value: JSONDocument.Value
    do { value = try JSONDocument(bytes).root } catch {
      return .refused(id: nil, RequestError(code: RequestError.parseError, message: error.message))
    }
    if value.elements != nil {
      return .refused(id: nil, .invalidRequest("the protocol has no batches of messages"))
    }
    let id = value["id"]
    guard let method = value["method"]?.text else {
      if value["result"] != nil || value["error"] != nil {
        return .answer(id: id?.spelled, isError: value["error"] != nil)
      }
      return .refused(id: id?.spelled, .invalidRequest("a message needs a method"))
    }
    if let id, id.spelled == nil {
      return .refused(id: nil, .invalidRequest("an id must be a number or a string"))
    }
    return .message(Message(method: method, id: id?.spelled, params: value["params"]))
  }
}

/// Why a request is not answered, with the numbers of JSON-RPC and of the protocol.
struct RequestError: Error {
  let code: Int
  let message: String
  /// What a program reads of it.
  var data: (@Sendable (inout JSONWriter) -> Void)?

  static let parseError = -32_700

  static func invalidRequest(_ message: String) -> RequestError {
    RequestError(code: -32_600, message: message)
  }
  static func unknownMethod(_ method: String) -> RequestError {
    RequestError(code: -32_601, message: "there is no method \"\(method)\"")
  }
  static func invalidParams(_ method: String) -> RequestError {
    RequestError(code: -32_602, message: "\(method): the parameters are not those of the protocol")
  }
  static let notInitialized = RequestError(
    code: -32_002, message: "the first request must be initialize")
  static let cancelled = RequestError(code: -32_800, message: "cancelled")
  /// A change came before the answer was worked out.
  static let contentModified = RequestError(code: -32_801, message: "the files have changed")
  /// The request is right, and cannot be done.
  static func failed(_ message: String) -> RequestError {
    RequestError(code: -32_803, message: message)
  }
}

/// What goes to the client.
struct Outbox {
  /// What marks where a message ends.
  enum Framing { case headers, lines }

  private let framing: Framing
  private(set) var bytes: [UInt8] = []
  /// Counts the server's own requests.
  private var requests = 0

  init(framing: Framing = .headers) { self.framing = framing }

  mutating func take() -> [UInt8] {
    defer { bytes = [] }
    return bytes
  }

  mutating func answer(_ id: String, _ result: (inout JSONWriter) -> Void) {
    send { json in
      json.field("id") { $0.raw(id) }
      json.field("result", result)
    }
  }

  /// - Parameter id: nil where the id of what failed is not known.
  mutating func answer(_ id: String?, _ error: RequestError) {
    send { json in
      json.field("id") { $0.raw(id ?? "null") }
      json.field("error") { json in
        json.object { json in
          json.field("code", error.code)
          json.field("message", error.message)
          if let data = error.data { json.field("data", data) }
        }
      }
    }
  }

  mutating func notify(_ method: String, _ params: (inout JSONWriter) -> Void) {
    send { json in
      json.field("method", method)
      json.field("params", params)
    }
  }

  /// A request of the server's.
  ///
  /// - Returns: its id as it is spelled in JSON, for the few on whose answer something depends.
  @discardableResult
  mutating func request(_ method: String, _ params: (inout JSONWriter) -> Void) -> String {
    requests += 1
    let id = "\"render-\(requests)\""
    send { json in
      json.field("id") { $0.raw(id) }
      json.field("method", method)
      json.field("params", params)
    }
    return id
  }

  private mutating func send(_ fields: (inout JSONWriter) -> Void) {
    var json = JSONWriter(isPretty: false)
    json.object { json in
      json.field("jsonrpc", "2.0")
      fields(&json)
    }
    if framing == .headers { bytes += "Content-Length: \(json.output.count)\r\n\r\n".utf8 }
    bytes += json.output
    if framing == .lines { bytes.append(UInt8(ascii: "\n")) }
  }
}
