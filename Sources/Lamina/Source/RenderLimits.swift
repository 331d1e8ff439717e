/// How much one build may take; nil is no limit of the caller's.
///
/// A build that goes beyond one ends with a `Diagnostic` of the code `limit-exceeded` and the id that stands
/// with the limit. A limit that is not set costs nothing. Whatever the limits, a build ends with an error
/// before it grows beyond 33 million values or 512 MiB of text, and before it leaves the stack of its thread.
///
///     var options = RenderOptions()
///     options.limits.seconds = 2
///     options.limits.inputBytes = 4 << 20
public struct RenderLimits: Sendable, Equatable {
  /// The time from the call to its end, in seconds; `time-limit`.
  ///
  /// It is looked at for each layer, file, step and resource, and while a program runs or something is
  /// fetched by a host that knows `Host.cancelled(by:)`. One step over very many resources may end later.
  public var seconds: Double?
  /// The bytes of all files that the build reads, fetched ones among them, each as often as it is read;
  /// `input-limit`.
  ///
  /// A file is counted once the file system has given it: a file system that reads from a place where files
  /// may be huge has to have a limit of its own.
  public var inputBytes: Int?
  /// The mappings, lists and scalars that the build makes, copies among them; `node-limit`. A Deployment
  /// takes about 60.
  public var nodes: Int?
  /// How deep values may lie in one another, in the files that are read and in what is rendered: a scalar of
  /// a document has 1, an entry of a mapping there 2; `depth-limit`.
  public var depth: Int?
  /// The resources that a layer may hold at any moment of the build; `resource-limit`.
  public var resources: Int?

  /// No limits.
  public init() {}
}

extension Double {
  /// A number of seconds in a message: `2`, `0.5`.
  var words: String { Int(exactly: self).map { "\($0)" } ?? "\(self)" }
}
