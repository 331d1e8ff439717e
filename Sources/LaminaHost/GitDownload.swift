import Lamina

#if canImport(Glibc)
  private import Glibc
#elseif canImport(Musl)
  private import Musl
#elseif canImport(Darwin)
  private import Darwin
#endif

/// Fetches a file over HTTP, with git's own client.
///
/// A client of our own would have to bring TLS into the command, or start another program. git has
/// one that knows proxies, redirections, compression and the certificates of the system, and lends it
/// to a program that speaks to its helper (gitremote-helpers, `get`; git 2.39).
///
/// What went wrong is only in git's trace of the transfer, which is on for that (`failure`).
struct GitDownload {
  let host: MachineHost
  let url: String
  /// An empty directory to fetch to.
  let directory: String

  /// git's trace of a transfer has a line for each header, and none for the file's bytes.
  private static let traceLimit = 8 << 20

  /// Returns the path of the file.
  func fetch() throws(HostFailure) -> String {
    guard let url = DownloadURL(url) else { throw .other("the URL holds a control character") }
    let limits = host.limits
    let git = GitProgram(
      host: host, directory: directory, timeLimit: limits.fileTime,
      bounds: FetchBounds(
        directory: directory, size: limits.fileSize, silence: limits.silence))
    let helper = url.isSecure ? "remote-https" : "remote-http"
    // Once the server has answered, its client sees what comes, packed or not, before it is a file.
    let silence = Int(limits.silence.rounded(.up))
    var call = git.call(
      [
        "-c", "http.followRedirects=true", "-c", "http.userAgent=lamina",
        "-c", "http.lowSpeedLimit=1", "-c", "http.lowSpeedTime=\(silence)", helper, "lamina",
        url.request,
      ],
      environment: environment(url), input: Array("get \(url.request) \(directory)/file\n\n".utf8))
    call.outputLimit = Self.traceLimit
    let result = try git.run(call)
    guard result.status == .exited(0) else { throw failure(result.errors) }
    var status = stat()
    let path = "\(directory)/file"
    guard stat(path, &status) == 0 else { throw HostFailure(errno, "git \(helper)") }
    return path
  }

  /// git's helper asks nobody for a password here, looks for no repository, and takes certificates and
  /// proxies from the variables that kustomize takes them from.
  ///
  /// git reads `SSL_CERT_FILE` and `HTTP_PROXY` by other names.
  private func environment(_ url: DownloadURL) -> [String: String] {
    var variables = [
      "GIT_ASKPASS": "", "GIT_CEILING_DIRECTORIES": directory,
      "GIT_TRACE_CURL": "1", "GIT_TRACE_CURL_NO_DATA": "1",
    ]
    variables["GIT_SSL_CAINFO"] = Environment.value("SSL_CERT_FILE")
    variables["http_proxy"] = Environment.value("HTTP_PROXY")
    guard let authorization = url.authorization else { return variables }
    return variables.merging(GitProgram.configuration("http.extraHeader", authorization)) { $1 }
  }

  // MARK: - Failures

  /// Why nothing came: git says no more than that it failed, but its trace of the transfer tells.
  private func failure(_ trace: [UInt8]) -> HostFailure {
    let lines = GitProgram.lines(of: trace[...])
    if lines.contains(where: { $0.contains("unknown command 'get") }) {
      return .other("git 2.39 or newer is needed to fetch files")
    }
    var status: Int?
    var information: [String] = []
    for line in lines {
      if let header = line.rest(after: "Recv header: HTTP/") {
        status = header.parts(at: " ").dropFirst().first.flatMap { Int($0) }
      } else if let words = line.rest(after: "== Info: ") {
        // libcurl, lib/speedcheck.c
        if words.begins(with: "Operation too slow") {
          return .silence(seconds: host.limits.silence)
        }
        information.append(words)
      }
    }
    if let status, !(200...399).contains(status) { return .status(status) }
    let closing = ["Closing connection", "Connection #"]
    let reason = information.last { words in !closing.contains { words.begins(with: $0) } }
    return .other(GitProgram.complaint(Array((reason ?? lines.last ?? "").utf8)))
  }
}

extension String {
  /// What stands behind a text in this one.
  fileprivate func rest(after text: String) -> String? {
    var rest = self[...]
    while !rest.isEmpty {
      if rest.begins(with: text) { return String(rest.dropping(start: text)) }
      rest.removeFirst()
    }
    return nil
  }
}
