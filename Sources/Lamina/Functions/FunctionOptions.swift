/// Which programs of the user's a build may run, and how.
///
/// Nothing runs unless it is allowed here: an object that stands for a program is then refused, or,
/// where only `allowsPrograms` is missing, has no effect.
public struct FunctionOptions: Sendable {
  /// Allows functions in containers and plugins (`--enable-alpha-plugins`).
  public var isEnabled = false
  /// Also allows functions that are programs of this machine (`--enable-exec`).
  public var allowsPrograms = false
  /// Lets containers reach the network, if they ask for it (`--network`).
  public var allowsNetwork = false
  /// What all containers see besides their own mounts, as `type=bind,source=PATH,target=PATH`
  /// (`--mount`).
  public var mounts: [String] = []
  /// Variables for all functions: `NAME=VALUE`, and for containers also `NAME`, with the value that it
  /// has here (`--env`).
  public var environment: [String] = []
  /// The user whom containers run as: a name, or the numbers of user and group as `UID:GID`.
  public var containerUser = "nobody"
  /// The directory of plugins, with a program `GROUP/VERSION/KIND/Kind` for each kind.
  public var pluginDirectory: String?
  /// The seconds after which a program is stopped; nil lets it run.
  public var timeLimit: Double? = 600
  /// The bytes that a program may print.
  public var outputLimit = 256 << 20

  /// Options that let nothing run.
  public init() {}
}
