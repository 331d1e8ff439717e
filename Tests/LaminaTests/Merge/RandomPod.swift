/// Pods and patches for them, made of a small stock of words, in the same way from the same number.
struct RandomPod {
  private var state: UInt64

  init(seed: Int) { state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 | 1 }

  static let head = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: pod\n"

  /// A pod without nulls, in which no key repeats: what a patch that says nothing leaves alone.
  mutating func tidy() -> String {
    Self.head + "spec:\n  containers:\n" + containers(directives: false) + scalars(nulls: false)
  }

  mutating func patch() -> String {
    Self.head + "spec:\n  containers:\n" + containers(directives: true) + scalars(nulls: true)
  }

  /// A pod with nothing but containers, which have a name and an image.
  mutating func images() -> String {
    var text = Self.head + "spec:\n  containers:\n"
    for name in some(["a", "b", "c", "d", "e", "f"]) + ["z"] {
      text += "  - name: \(name)\n    image: \(pick(["nginx", "redis:7", "~"]))\n"
    }
    return text
  }

  /// A patch for it. The last container has no directive, so that something is left of a new list.
  mutating func patchForImages() -> String {
    var text = Self.head + "spec:\n  containers:\n"
    for name in some(["f", "a", "g", "c", "d", "h"]) {
      text += "  - name: \(name)\n"
      if chance(3) {
        text += "    $patch: \(pick(["delete", "replace", "merge", "delete", "unknown"]))\n"
      }
      if chance(2) { text += "    image: \(pick(["nginx:2", "null", "on"]))\n" }
    }
    return text + "  - name: y\n    image: last\n"
  }

  private mutating func containers(directives: Bool) -> String {
    var text = ""
    if directives, chance(10) { text += "  - $patch: \(pick(["replace", "merge"]))\n" }
    for name in some(["a", "b", "c", "d", "e"]) + ["z"] {
      text += "  - name: \(name)\n"
      if directives, chance(8) { text += "    $patch: \(pick(["delete", "replace", "merge"]))\n" }
      text += "    image: \(pick(["nginx", "redis:7", "\"5\""]))\n"
      let ports = some(["80", "443", "8080"])
      if !ports.isEmpty { text += "    ports:\n" }
      for port in ports {
        text += "    - containerPort: \(port)\n      protocol: \(pick(["TCP", "UDP"]))\n"
      }
      let words = some(["x", "y", "yes", "'1'"])
      text += "    args: [\(words.joined(separator: ", "))]\n"
    }
    return text
  }

  private mutating func scalars(nulls: Bool) -> String {
    var text = ""
    for key in some(["hostNetwork", "nodeName", "priority", "subdomain"]) {
      let values = ["true", "text", "\"7\"", "3", "on", "2026-08-01", "!!str 1"]
      text += "  \(key): \(pick(nulls ? values + ["null", "~"] : values))\n"
    }
    return text
  }

  private mutating func next() -> UInt64 {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return state
  }

  private mutating func chance(_ one: UInt64) -> Bool { next() % one == 0 }

  private mutating func pick(_ choices: [String]) -> String {
    choices[Int(next() % UInt64(choices.count))]
  }

  private mutating func some(_ choices: [String]) -> [String] {
    choices.filter { _ in next() % 2 == 0 }
  }
}
