/// The fields of the annotation `config.kubernetes.io/function`
/// (kyaml fn/runtime/runtimeutil/functiontypes.go).
enum FunctionField: String, FieldSet {
  case deferFailure
  case container
  case exec

  var row: FieldRow {
    switch self {
    case .deferFailure: FieldRow(.flag, since: "3.5.5", "It has no effect in a build.")
    case .container: FieldRow(.object(.container), since: "3.5.5", "The container to run.")
    case .exec: FieldRow(.object(.exec), since: "3.5.5", "The program to run.")
    }
  }
}

enum ContainerField: String, FieldSet {
  case image
  case network
  case mounts
  case envs

  var row: FieldRow {
    switch self {
    case .image: FieldRow(.text, since: "3.5.5", "The image of the container.")
    case .network: FieldRow(.flag, since: "3.5.5", "The container may reach the network.")
    case .mounts: FieldRow(.objects(.mount), since: "3.5.5", "Directories of the container.")
    case .envs: FieldRow(.texts, since: "3.8.2", "Environment variables.")
    }
  }
}

enum MountField: String, FieldSet {
  case type
  case src
  case dst
  case rw

  var row: FieldRow {
    switch self {
    case .type: FieldRow(.text, since: "3.5.5", "The type of the mount.")
    case .src: FieldRow(.text, since: "3.5.5", "The directory outside the container.")
    case .dst: FieldRow(.text, since: "3.5.5", "The directory inside the container.")
    case .rw: FieldRow(.flag, since: "3.5.5", "The container may write to it.")
    }
  }
}

enum ExecField: String, FieldSet {
  case path
  case args
  case envs

  var row: FieldRow {
    switch self {
    case .path: FieldRow(.text, since: "3.5.5", "The program.", names: .file)
    case .args: FieldRow(.texts, since: "5.7.0", "Its arguments.")
    case .envs: FieldRow(.texts, since: "3.8.2", "Its environment variables.")
    }
  }
}

/// The fields of a plugin's object that make its arguments (internal/plugins/execplugin).
enum PluginField: String, FieldSet {
  case argsOneLiner
  case argsFromFile

  var row: FieldRow {
    switch self {
    case .argsOneLiner: FieldRow(.text, since: "2.1.0", "Arguments, cut as a shell does it.")
    case .argsFromFile:
      FieldRow(.text, since: "2.1.0", "A file with one argument a line.", names: .file)
    }
  }
}
