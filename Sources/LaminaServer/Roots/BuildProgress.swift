internal import Lamina

/// What the user sees of long work: how many of many roots are built.
///
/// The client is asked first whether it takes a token, as the protocol has it. What is done before it answers is shown
/// nowhere.
struct BuildProgress {
  fileprivate enum State {
    case none
    case asked(request: String, total: Int)
    case accepted(total: Int)
    case shown(total: Int, percentage: Int)
    /// The client does not take the token.
    case refused
  }

  fileprivate var state = State.none
  /// Counts the tokens, each of which is used once.
  fileprivate var tokens = 0
  fileprivate var token: String { "build-\(tokens)" }

  /// Fewer roots are built before anybody could read that.
  static let fewestRoots = 20

  /// The client has answered a request.
  mutating func answered(_ id: String?, _ isError: Bool) {
    guard case .asked(let request, let total) = state, id == request else { return }
    state = isError ? .refused : .accepted(total: total)
  }
}

extension LanguageServer {
  /// Tells how far the builds are, if there are many of them.
  mutating func showProgress() {
    guard client.showsProgress, let left = served?.unbuiltCount else { return }
    switch progress.state {
    case .none:
      if left < BuildProgress.fewestRoots { return }
      progress.tokens += 1
      let token = progress.token
      let request = outbox.request("window/workDoneProgress/create") { json in
        json.object { $0.field("token", token) }
      }
      progress.state = .asked(request: request, total: left)
    case .asked, .refused:
      if left == 0 { progress.state = .none }
    case .accepted(let total):
      if left == 0 { return progress.state = .none }
      let percentage = Self.percentage(left, of: total)
      notifyProgress("begin", left, of: total, percentage, title: "render")
      progress.state = .shown(total: total, percentage: percentage)
    case .shown(let total, let shown):
      if left == 0 {
        notifyProgress("end", left, of: total, nil)
        return progress.state = .none
      }
      // With more to do than at the beginning, since somebody types, it is no step back.
      let percentage = max(Self.percentage(left, of: total), shown)
      if percentage == shown { return }
      notifyProgress("report", left, of: total, percentage)
      progress.state = .shown(total: total, percentage: percentage)
    }
  }

  private static func percentage(_ left: Int, of total: Int) -> Int {
    max(total - left, 0) * 100 / max(total, 1)
  }

  private mutating func notifyProgress(
    _ kind: String, _ left: Int, of total: Int, _ percentage: Int?, title: String? = nil
  ) {
    let token = progress.token
    outbox.notify("$/progress") { json in
      json.object { json in
        json.field("token", token)
        json.field("value") { json in
          json.object { json in
            json.field("kind", kind)
            if let title { json.field("title", title) }
            if let percentage {
              json.field("message", "\(max(total - left, 0)) of \(total) roots")
              json.field("percentage", percentage)
            }
          }
        }
      }
    }
  }
}
