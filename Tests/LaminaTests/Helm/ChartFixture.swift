import Foundation
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// A fresh directory with kustomizations, and a helm that unpacks charts slowly, file by file.
///
/// As the real one it makes the chart's directory first, and refuses where that is there already.
struct ChartFixture {
  let directory: URL
  /// How many objects a whole chart has.
  static let objectCount = 6

  /// - Parameter pause: how many seconds helm waits before each file of a chart.
  init(pause: Double = 0.01) throws {
    directory = FileManager.default.temporaryDirectory
      .appending(path: "charts-\(UUID().uuidString)").resolvingSymlinksInPath()
    try FileManager.default.createDirectory(
      at: directory.appending(path: "temporary"), withIntermediateDirectories: true)
    try write(
      """
      #!/bin/sh
      # The file that each call is noted in has a name of its own: calls may come at once.
      printf '%s\\n' "$*" > "$(mktemp "\(directory.path)/calls-XXXXXX")"
      case $1 in
      version) echo v3.14.0 ;;
      repo)
        cp "$HELM_REPOSITORY_CONFIG" "\(directory.path)/repositories"
        ls -ld "${HELM_REPOSITORY_CONFIG%/*/*}" > "\(directory.path)/mode" ;;
      pull)
        home=$4
        while [ $# -gt 0 ]; do
          case $1 in
          --repo) chart=$3 ;;
          repository/*) chart=${1#*/} ;;
          esac
          shift
        done
        if [ "$chart" = broken ]; then
          echo "Error: no such chart" >&2
          exit 1
        fi
        if [ -e "$home/$chart" ]; then
          echo "Error: a file or directory with the name $home/$chart already exists" >&2
          exit 1
        fi
        mkdir -p "$home/$chart/templates"
        echo 'a: 1' > "$home/$chart/values.yaml"
        for part in 1 2 3 4 5 6; do
          sleep \(pause)
          printf -- '---\\napiVersion: v1\\nkind: ConfigMap\\nmetadata:\\n  name: %s-%s\\n' \\
            "$chart" "$part" > "$home/$chart/templates/$part.yaml"
        done ;;
      template)
        if [ "$2" = broken ]; then
          sleep \(pause)
          echo "Error: $2" >&2
          exit 1
        fi
        cat "$3"/templates/*.yaml ;;
      esac

      """, to: "helm")
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o755], ofItemAtPath: directory.appending(path: "helm").path)
  }

  func remove() { try? FileManager.default.removeItem(at: directory) }

  func write(_ text: String, to path: String) throws {
    let file = directory.appending(path: path)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
  }

  /// An entry of `helmCharts`.
  static func chart(
    _ name: String, release: String = "r", user: String = "", more: String = ""
  ) -> String {
    "{name: \(name), repo: 'https://\(user)example.com', version: 1.2.3, releaseName: \(release)\(more)}"
  }

  /// Makes roots that stand on one base with a chart.
  func makeRoots(_ count: Int) throws -> [String] {
    try write("helmCharts: [\(Self.chart("shop"))]\n", to: "work/base/kustomization.yaml")
    let roots = (1...count).map { "root-\($0)" }
    for root in roots {
      try write(
        "resources: [../base]\nnameSuffix: -\(root)\n", to: "work/\(root)/kustomization.yaml")
    }
    return roots
  }

  // MARK: - Running

  private func arguments(_ arguments: [String]) -> [String] {
    arguments + ["--enable-helm", "--helm-command", directory.appending(path: "helm").path]
  }

  private var environment: [String: String] {
    [
      "TMPDIR": directory.appending(path: "temporary").path,
      "XDG_CACHE_HOME": directory.appending(path: "cache").path,
    ]
  }

  func render(_ arguments: String...) throws -> BuiltCommand.Outcome {
    try BuiltCommand.run(
      self.arguments(arguments), in: directory.appending(path: "work"), environment: environment)
  }

  /// Starts a build and does not wait for its end.
  func start(_ arguments: String..., output: FileHandle? = nil) throws -> Process {
    try BuiltCommand.start(
      self.arguments(arguments), in: directory.appending(path: "work"),
      environment: ProcessInfo.processInfo.environment.merging(environment) { $1 },
      output: output ?? .nullDevice)
  }

  // MARK: - What came of it

  /// How often helm was called with this first argument.
  func calls(_ command: String) throws -> Int {
    try arguments().count { $0.hasPrefix(command) }
  }

  /// The arguments of all calls of helm, in any order.
  func arguments() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: directory.path)
      .filter { $0.hasPrefix("calls-") }
      .map { try text($0) }
  }

  func text(_ path: String) throws -> String {
    try String(contentsOf: directory.appending(path: path), encoding: .utf8)
  }

  /// What was left beside charts or in the directory for temporary files.
  func leftovers() throws -> [String] {
    try FileManager.default.subpathsOfDirectory(
      atPath: directory.appending(path: "work").path
    ).filter { $0.contains(".lamina") }
      + FileManager.default.contentsOfDirectory(
        atPath: directory.appending(path: "temporary").path)
  }

  func exists(_ path: String) -> Bool {
    FileManager.default.fileExists(atPath: directory.appending(path: path).path)
  }

  static func objects(in output: String) -> Int {
    output.components(separatedBy: "kind: ConfigMap\n").count - 1
  }

  /// Waits until a file is there.
  func wait(for path: String) {
    while !exists(path) { usleep(2000) }
  }
}
