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
  /// Answers until standard input ends.
  static func answerAll(_ run: inout WorkerRun) {
    signal(SIGPIPE, SIG_IGN)
    var scanner = ObjectScanner()
    var chunk = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = read(STDIN_FILENO, &chunk, chunk.count)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return }
      for byte in chunk[..<count] {
        guard let object = scanner.take(byte) else { continue }
        guard let response = response(to: object, &run) else { continue }
        do { try StandardOutput.write(response) } catch { fail(error) }
      }
    }
  }

  /// nil where the request needs no answer.
  static func response(to request: [UInt8], _ run: inout WorkerRun) -> [UInt8]? {
    var number = 0
    let outcome: WorkerRun.Outcome
    do throws(Diagnostic) {
      let request = try JSONDocument(request, path: "request").root
      number = request["requestId"]?.integer ?? 0
      // It came too late: requests are answered one after the other.
      if request["cancel"]?.bool == true { return nil }
      let inputs = request["inputs"]?.elements?.compactMap { input in
        input["path"]?.text.map {
          DeclaredFiles.Input(path: $0, digest: input["digest"]?.text ?? "")
        }
      }
      outcome = run.render(
        request["arguments"]?.elements?.compactMap(\.text) ?? [], inputs: inputs ?? [])
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

/// Cuts a stream of JSON objects into its objects.
struct ObjectScanner {
  private var bytes: [UInt8] = []
  private var depth = 0
  private var isInString = false
  private var isEscaped = false

  /// Takes the next byte; gives the object that ends with it.
  mutating func take(_ byte: UInt8) -> [UInt8]? {
    // What stands between objects.
    if depth == 0, byte != UInt8(ascii: "{") { return nil }
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
