/// What an annotation says of the program that an object of `generators`, `transformers` or
/// `validators` stands for (kyaml/fn/runtime/runtimeutil/functiontypes.go).
struct FunctionSpec: Sendable, Equatable {
  /// What a failed function printed counts, and its failure is told at the end. Only `fn run` heeds this.
  var defersFailure = false
  /// The image of a container; empty where there is none. It goes before a program.
  var image = ""
  /// The container wants to reach the network.
  var network = false
  /// Mounts of the container; those of the options come behind them.
  var mounts: [Mount] = []
  /// `NAME=VALUE`, or `NAME` alone, for the container.
  var containerEnvironment: [String] = []
  /// A program of this machine; empty where there is none.
  var path = ""
  /// The arguments of the program.
  var arguments: [String] = []
  /// `NAME=VALUE` for the program.
  var environment: [String] = []

  /// A directory or a volume that a container sees.
  struct Mount: Sendable, Equatable {
    /// `bind`, `volume` or `tmpfs`; docker checks it.
    var type = ""
    /// A path on this machine, or the name of a volume.
    var source = ""
    /// The path in the container.
    var target = ""
    var isWritable = false
  }
}

extension FunctionSpec.Mount {
  /// Reads `type=bind,source=PATH,target=PATH,rw=true`; words that mean nothing are passed over.
  init(_ text: String) {
    for option in text.parts(at: ",") {
      guard let equals = option.utf8.firstIndex(of: UInt8(ascii: "=")) else { continue }
      let value = String(option[option.utf8.index(after: equals)...])
      switch option[..<equals] {
      case "type": type = value
      case "src", "source": source = value
      case "dst", "target": target = value
      case "rw": isWritable = value == "true"
      default: break
      }
    }
  }
}
