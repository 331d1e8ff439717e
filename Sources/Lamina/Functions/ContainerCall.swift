/// The words of `docker run` for a function, as kustomize has them
/// (kyaml/fn/runtime/container/container.go `getCommand`).
///
/// The container has no network, no other user's rights and no files but its mounts, unless options
/// or the function say so. Relative mounts are below the kustomization (`FunctionReader.check`).
struct ContainerCall {
  let spec: FunctionSpec
  let options: FunctionOptions
  /// The directory that relative paths of mounts start from.
  let directory: String

  var arguments: [String] {
    var words = ["run", "--rm", "-i", "-a", "STDIN", "-a", "STDOUT", "-a", "STDERR"]
    words += ["--network", spec.network ? "host" : "none"]
    words += ["--user", options.containerUser, "--security-opt=no-new-privileges"]
    for mount in spec.mounts + options.mounts.map({ FunctionSpec.Mount($0) }) {
      let source =
        Path.isAbsolute(mount.source) ? mount.source : Path.join(directory, mount.source)
      let mode = mount.isWritable ? "" : ",readonly"
      words += ["--mount", "type=\(mount.type),source=\(source),target=\(mount.target)\(mode)"]
    }
    return words + environment + [spec.image]
  }

  /// The command line's variables go over those of the object, and so do the two that are always
  /// there (kyaml/runfn/runfn.go `mergeContainerEnv`).
  private var environment: [String] {
    var values: [ByteText: String] = [:]
    // A name alone has docker hand over the value of its own environment.
    var exported: [String] = []
    let standard = ["LOG_TO_STDERR=true", "STRUCTURED_RESULTS=true"]
    for variable in spec.containerEnvironment + standard + options.environment {
      let parts = variable.parts(at: "=", maxSplits: 1, omittingEmptySubsequences: false)
      if parts.count == 2 {
        values[String(parts[0])] = String(parts[1])
      } else if !exported.contains(bytesOf: variable) {
        exported.append(variable)
      }
    }
    let sorted = values.sorted { $0.key < $1.key }
    return (sorted.map { "\($0.key)=\($0.value)" } + exported).flatMap { ["-e", $0] }
  }
}
