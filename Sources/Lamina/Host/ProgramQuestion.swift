/// What decides on what a program prints: two equal questions have one answer.
struct ProgramQuestion: Hashable {
  /// How often the same build has asked the same before. A program may print something else each time,
  /// such as a password it makes up, so that one build never gets an answer twice.
  var occurrence = 0
  private let program: ByteText
  private let arguments: [ByteText]
  private let directory: ByteText
  private let environment: [ByteText: ByteText]
  private let timeLimit: Double?
  private let outputLimit: Int
  /// The digests of the files that arguments name.
  private let files: [[UInt8]]

  /// - Parameters:
  ///   - scratch: a directory of this build's own, which has another name in each.
  ///   - files: the bytes of the files that arguments name, and that may differ between builds.
  init(_ call: ProgramCall, scratch: String, files: [[UInt8]] = []) {
    func plain(_ text: String) -> ByteText {
      ByteText(
        text.begins(with: scratch)
          ? "\u{0}" + String(Substring(text.utf8.dropFirst(scratch.utf8.count))) : text)
    }
    program = ByteText(call.program)
    arguments = call.arguments.map(plain)
    directory = ByteText(call.directory)
    environment = Dictionary(
      uniqueKeysWithValues: call.environment.map { (ByteText($0.key), plain($0.value)) })
    timeLimit = call.timeLimit
    outputLimit = call.outputLimit
    self.files = files.map { Array(SHA256.hash($0.span)) }
  }
}
