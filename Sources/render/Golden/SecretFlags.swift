import ArgumentParser
import Lamina
import LaminaDiff
import LaminaHost

/// What golden files hold in the place of secrets.
struct SecretFlags: ParsableArguments {
  @Flag(name: CommandFlag.showSecrets.names, help: CommandFlag.showSecrets.help)
  var showSecrets = false

  @Option(
    name: CommandFlag.secretKey.names, help: CommandFlag.secretKey.help, completion: .file())
  var secretKey: String?

  /// A shorter key could be guessed.
  private static let leastKeyLength = 16

  func validate() throws {
    if showSecrets, secretKey != nil {
      throw ValidationError("--show-secrets and --secret-key exclude each other")
    }
  }

  /// Flags come before the settings.
  func style(_ project: Project) throws -> SecretStyle {
    guard let secretKey else {
      return showSecrets || project.file.golden.showsSecrets ? .shown : .masked
    }
    let key: [UInt8]
    do { key = try DiskFileSystem().readToEnd(Invocation.path(of: secretKey)) } catch {
      throw GoldenFailure("\(secretKey): error: cannot read the key: \(error)")
    }
    let trimmed = Array(key.reversed().drop { $0 == 0x0A || $0 == 0x0D }.reversed())
    guard trimmed.count >= Self.leastKeyLength else {
      throw GoldenFailure(
        "\(secretKey): error: the key has \(trimmed.count) bytes; \(Self.leastKeyLength) are needed"
      )
    }
    return .hashed(key: trimmed)
  }
}
