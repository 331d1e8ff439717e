import Foundation

/// Kustomizations of public repositories, where the folder with them lies beside the checkout.
enum KustomizationSamples {
  /// Every tenth of them, or all if LAMINA_ALL_SAMPLES is set.
  static var some: [(path: String, bytes: [UInt8])] {
    if ProcessInfo.processInfo.environment["LAMINA_ALL_SAMPLES"] != nil { return all }
    return all.enumerated().filter { $0.offset % 10 == 0 }.map(\.element)
  }

  static let all: [(path: String, bytes: [UInt8])] = {
    let top = URL(filePath: #filePath).deletingLastPathComponent().appending(
      path: "../../../../shared/conformance/trees"
    ).standardized
    let names: Set = ["kustomization.yaml", "kustomization.yml", "Kustomization"]
    guard let found = FileManager.default.enumerator(at: top, includingPropertiesForKeys: nil)
    else {
      return []
    }
    var result: [(path: String, bytes: [UInt8])] = []
    for case let url as URL in found where names.contains(url.lastPathComponent) {
      if let data = try? Data(contentsOf: url) { result.append((url.path, Array(data))) }
    }
    return result.sorted { $0.path < $1.path }
  }()
}
