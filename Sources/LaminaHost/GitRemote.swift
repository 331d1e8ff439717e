import Lamina

/// A repository as git is told of it: without the password that its address may hold.
///
/// git hands the address on to its helpers, among whose arguments every user of the machine can see it. So
/// a password goes by a variable, as the header in which HTTP sends it.
struct GitRemote {
  let url: String
  /// The variables for calls that speak to the server.
  let environment: [String: String]

  /// Takes the password out of an address. Other schemes than HTTP have none in theirs.
  init(_ repository: String) {
    let bytes = Array(repository.utf8)
    let scheme = ["https://", "http://"].first { bytes.starts(with: $0.utf8) }
    guard let start = scheme?.utf8.count else {
      (url, environment) = (repository, [:])
      return
    }
    let end = bytes[start...].firstIndex(of: UInt8(ascii: "/")) ?? bytes.count
    // A name alone is no secret, and leads git to the password that it knows for it.
    guard let at = bytes[start..<end].lastIndex(of: UInt8(ascii: "@")),
      bytes[start..<at].contains(UInt8(ascii: ":"))
    else {
      (url, environment) = (repository, [:])
      return
    }
    let server = String(decoding: bytes[..<start] + bytes[(at + 1)..<end], as: UTF8.self)
    url = server + String(decoding: bytes[end...], as: UTF8.self)
    environment = GitProgram.configuration(
      "http.\(server)/.extraHeader", DownloadURL.authorization(bytes[start..<at]))
  }
}
