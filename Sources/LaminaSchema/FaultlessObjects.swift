internal import Lamina
internal import Synchronization

/// Objects in which nothing was found, by their text, for a server that looks at the same ones after each edit.
///
/// What the table of kinds says of an object depends on its text alone, and on the version of Kubernetes, which stays.
/// Definitions of custom kinds may change, so that objects of these are looked at each time. May be used from many
/// threads at once.
final class FaultlessObjects: Sendable {
  fileprivate struct Text: Hashable {
    let bytes: ArraySlice<UInt8>

    func hash(into hasher: inout Hasher) {
      bytes.withUnsafeBytes { hasher.combine(bytes: $0) }
    }
  }

  fileprivate struct State {
    var recent: Set<Text> = []
    var older: Set<Text> = []
  }

  private let state = Mutex(State())
  /// Twice as many are kept at most: those that were met last, and those before.
  private let limit: Int

  init(limit: Int = 20_000) { self.limit = limit }

  /// Whether an object is known to have no violations.
  func contains(_ bytes: ArraySlice<UInt8>) -> Bool {
    let text = Text(bytes: bytes)
    return state.withLock { state in
      if state.recent.contains(text) { return true }
      guard let known = state.older.remove(text) else { return false }
      state.insert(known, limit)
      return true
    }
  }

  /// Remembers an object. The text is copied, since it is a part of a rendering, which need not be kept for that.
  func insert(_ bytes: ArraySlice<UInt8>) {
    let text = Text(bytes: Array(bytes)[...])
    state.withLock { $0.insert(text, limit) }
  }
}

extension FaultlessObjects.State {
  fileprivate mutating func insert(_ text: FaultlessObjects.Text, _ limit: Int) {
    if recent.count >= limit { (older, recent) = (recent, []) }
    recent.insert(text)
  }
}
