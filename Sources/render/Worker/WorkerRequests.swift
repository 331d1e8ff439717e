import Lamina
import LaminaHost

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The JSON form of Bazel's worker protocol: requests on standard input, a response to each on standard output.
///
/// Source: bazelbuild/bazel `src/main/protobuf/worker_protocol.proto`. Nothing stands between the requests of old
/// versions (4.2), and a line break between those of newer ones, so that the ends of objects are looked for.
enum WorkerRequests {
  /// Answers until standard input ends. Ends the process with an error where it ends within a request.
  static func answerAll(_ run: inout WorkerRun) {
    signal(SIGPIPE, SIG_IGN)
    var scanner = RequestScanner()
    var chunk = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = read(STDIN_FILENO, &chunk, chunk.count)
      if count < 0, errno == EINTR { continue }
      if count < 0 {
        fail("error: cannot read standard input: \(String(cString: strerror(errno)))")
      }
      if count == 0 { break }
      for byte in chunk[..<count] {
        for piece in scanner.take(byte) {
          guard let response = response(to: piece, &run) else { continue }
          do { try StandardOutput.write(response) } catch { fail(error) }
        }
      }
    }
    if scanner.isWithinRequest { fail("error: standard input ended in the middle of a request") }
  }

  /// nil where the request needs no answer.
  private static func response(to piece: RequestScanner.Piece, _ run: inout WorkerRun) -> [UInt8]? {
    var number = 0
    let outcome: WorkerRun.Outcome
    do {
      switch piece {
      case .other(let bytes): throw WorkerFailure.noObject(bytes)
      case .object(let bytes):
        let json = try JSONDocument(bytes, path: "request").root
        // An answer names the request also if nothing else of it can be understood.
        number = json["requestId"]?.integer ?? 0
        let request = try WorkRequest(json)
        // It came too late: requests are answered one after the other.
        if request.isCancellation { return nil }
        outcome = run.render(request.arguments, inputs: request.inputs)
      }
    } catch {
      outcome = WorkerRun.Outcome(isSuccess: false, output: StandardError.text(of: error) + "\n")
    }
    var json = JSONWriter(isPretty: false)
    json.object { json in
      json.field("exitCode", outcome.isSuccess ? 0 : 1)
      json.field("output", outcome.output)
      json.field("requestId", number)
    }
    return json.output + [UInt8(ascii: "\n")]
  }
}

/// A request, of which each field that is read has the type of the protocol.
///
/// Fields that later versions of Bazel may add are passed over, but not what looks like a misspelled one: a request
/// without its `arguments` would be one to do nothing.
struct WorkRequest {
  private(set) var arguments: [String] = []
  private(set) var inputs: [DeclaredFiles.Input] = []
  private(set) var isCancellation = false

  private static let fields = [
    "arguments", "inputs", "requestId", "cancel", "verbosity", "sandboxDir",
  ]
  private static let inputFields = ["path", "digest"]

  init(_ request: JSONDocument.Value) throws(WorkerFailure) {
    try Self.checkFields(of: request, Self.fields, "")
    if let number = request["requestId"], number.integer == nil {
      throw WorkerFailure.wrongType("\"requestId\"", "a number")
    }
    if let cancel = request["cancel"] {
      guard let cancel = cancel.bool else {
        throw WorkerFailure.wrongType("\"cancel\"", "true or false")
      }
      isCancellation = cancel
    }
    if let given = request["arguments"] {
      let words = given.elements?.map(\.text) ?? [nil]
      arguments = words.compactMap { $0 }
      guard arguments.count == words.count else {
        throw WorkerFailure.wrongType("\"arguments\"", "an array of strings")
      }
    }
    if let given = request["inputs"] {
      guard let elements = given.elements else { throw WorkerFailure.wrongInputs }
      for element in elements { inputs.append(try Self.input(element)) }
    }
    if isCancellation { return }
    if arguments.isEmpty { throw WorkerFailure.noArguments }
    if let flag = arguments.first(where: { $0.begins(with: "-") }) {
      throw WorkerFailure.flag(flag)
    }
  }

  private static func input(
    _ element: JSONDocument.Value
  ) throws(WorkerFailure) -> DeclaredFiles.Input {
    guard element.isObject else { throw WorkerFailure.wrongInputs }
    try checkFields(of: element, inputFields, " of an input")
    guard let path = element["path"]?.text else { throw WorkerFailure.wrongInputs }
    let digest = element["digest"]
    if let digest, digest.text == nil {
      throw WorkerFailure.wrongType("\"digest\" of an input", "a string")
    }
    return DeclaredFiles.Input(path: path, digest: digest?.text ?? "")
  }

  private static func checkFields(
    of object: JSONDocument.Value, _ fields: [String], _ place: String
  ) throws(WorkerFailure) {
    for key in object.keys ?? [] where !fields.contains(key) {
      if let meant = Suggestion.nearest(to: key, among: fields) {
        throw WorkerFailure.misspelled(key, place, meant)
      }
    }
  }
}

/// Cuts a stream of requests into JSON objects, and into what stands between them and is no white space.
struct RequestScanner {
  enum Piece {
    case object([UInt8])
    /// It ends with the line, or where an object begins.
    case other([UInt8])
  }

  private var bytes: [UInt8] = []
  private var depth = 0
  private var isInString = false
  private var isEscaped = false

  /// Something has begun and not ended.
  var isWithinRequest: Bool { !bytes.isEmpty }

  /// Of what is no request, no more than this is kept for the message.
  private static let mostOfOther = 200

  /// Takes the next byte; gives what ends with it, or in front of it.
  mutating func take(_ byte: UInt8) -> [Piece] {
    if depth > 0 { return takeInObject(byte).map { [.object($0)] } ?? [] }
    switch byte {
    case UInt8(ascii: "{"):
      let other = bytes
      bytes = [byte]
      depth = 1
      return other.isEmpty ? [] : [.other(other)]
    case UInt8(ascii: "\n"):
      defer { bytes = [] }
      return bytes.isEmpty ? [] : [.other(bytes)]
    case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"):
      // Nothing begins with these.
      if !bytes.isEmpty, bytes.count < Self.mostOfOther { bytes.append(byte) }
    default:
      if bytes.count < Self.mostOfOther { bytes.append(byte) }
    }
    return []
  }

  private mutating func takeInObject(_ byte: UInt8) -> [UInt8]? {
    bytes.append(byte)
    if isEscaped {
      isEscaped = false
    } else if isInString {
      if byte == UInt8(ascii: "\\") { isEscaped = true }
      if byte == UInt8(ascii: "\"") { isInString = false }
    } else {
      switch byte {
      case UInt8(ascii: "\""): isInString = true
      case UInt8(ascii: "{"): depth += 1
      case UInt8(ascii: "}"):
        depth -= 1
        if depth == 0 {
          defer { bytes = [] }
          return bytes
        }
      default: break
      }
    }
    return nil
  }
}

extension WorkerFailure {
  fileprivate static func noObject(_ bytes: [UInt8]) -> WorkerFailure {
    let text = String(decoding: bytes, as: UTF8.self)
    return ofRequest("a request is a JSON object, and this is none: \(text)")
  }

  fileprivate static var noArguments: WorkerFailure {
    ofRequest("there are no arguments; directories and files must come in turn")
  }

  fileprivate static var wrongInputs: WorkerFailure {
    wrongType("\"inputs\"", "an array of objects, each with a path")
  }

  fileprivate static func wrongType(_ field: String, _ wanted: String) -> WorkerFailure {
    ofRequest("\(field) must be \(wanted)")
  }

  fileprivate static func misspelled(
    _ field: String, _ place: String, _ meant: String
  ) -> WorkerFailure {
    ofRequest("unknown field \"\(field)\"\(place); did you mean \"\(meant)\"?")
  }

  private static func ofRequest(_ message: String) -> WorkerFailure {
    WorkerFailure(description: "request: error: \(message)")
  }
}
