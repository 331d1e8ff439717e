internal import Lamina

/// When an API was deprecated and removed.
///
/// The table says it of API versions and kinds that were removed long before the oldest version
/// whose fields are known, so that `extensions/v1beta1` is recognised as Kubernetes' own.
package struct APILifecycle: Sendable {
  /// The first version that deprecates it; nil where none does before it is removed.
  package let deprecated: KubernetesVersion?
  /// The first version that does not serve it; nil as long as all do.
  package let removed: KubernetesVersion?
  /// What takes its place; nil where nothing does.
  package let replacement: (apiVersion: String, kind: String)?

  /// All lines of the table, by API version and kind (`KubernetesFacts.key`).
  ///
  /// A line has five words: API version, kind, the version that deprecates it, the one that removes
  /// it, and the replacement; `-` stands for none. `Scripts/make-kubernetes-facts` writes it.
  static func readTable() -> [String: APILifecycle] {
    var result: [String: APILifecycle] = [:]
    for line in TableLines(KubernetesTable.lifecycles) {
      let words = line.split(separator: UInt8(ascii: " ")).map {
        String(decoding: $0, as: UTF8.self)
      }
      guard words.count == 5 else { continue }
      result[KubernetesFacts.key(words[0], words[1])] = APILifecycle(
        deprecated: KubernetesVersion(words[2]), removed: KubernetesVersion(words[3]),
        replacement: replacement(words[4], kind: words[1]))
    }
    return result
  }

  /// `policy/v1`, or `policy/v1:OtherKind` where the kind changes as well.
  private static func replacement(
    _ word: String, kind: String
  ) -> (apiVersion: String, kind: String)? {
    if word == "-" { return nil }
    let parts = word.parts(at: ":").map(String.init)
    return (parts[0], parts.count > 1 ? parts[1] : kind)
  }
}
