import Foundation

/// Answers for repositories as git's servers do, with git's own program for web servers.
enum GitServer {
  static func answer(
    _ request: LoopbackServer.Request, repositories: URL
  ) -> LoopbackServer.Response {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["git", "http-backend"]
    var variables = ProcessInfo.processInfo.environment
    variables["GIT_PROJECT_ROOT"] = repositories.path
    variables["GIT_HTTP_EXPORT_ALL"] = "1"
    variables["PATH_INFO"] = request.path
    variables["QUERY_STRING"] = request.query
    variables["REQUEST_METHOD"] = request.method
    variables["CONTENT_TYPE"] = request.headers["content-type"] ?? ""
    variables["CONTENT_LENGTH"] = String(request.body.count)
    variables["HTTP_CONTENT_ENCODING"] = request.headers["content-encoding"] ?? ""
    variables["GIT_PROTOCOL"] = request.headers["git-protocol"] ?? ""
    process.environment = variables
    let input = Pipe()
    let output = Pipe()
    process.standardInput = input
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return .notFound }
    try? input.fileHandleForWriting.write(contentsOf: request.body)
    try? input.fileHandleForWriting.close()
    let printed = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return response(printed)
  }

  /// Headers, an empty line, and the body.
  private static func response(_ printed: Data) -> LoopbackServer.Response {
    guard let gap = printed.firstRange(of: Data("\r\n\r\n".utf8)) else { return .notFound }
    let lines = String(decoding: printed[..<gap.lowerBound], as: UTF8.self)
      .components(separatedBy: "\r\n")
    let status = lines.first { $0.hasPrefix("Status: ") }?.dropFirst("Status: ".count)
    return LoopbackServer.Response(
      status: status.map { String($0) } ?? "200 OK",
      headers: lines.filter { !$0.hasPrefix("Status: ") }, body: Data(printed[gap.upperBound...]))
  }
}
