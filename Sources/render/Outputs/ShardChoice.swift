import ArgumentParser
import Lamina
import LaminaHost

/// Which part of the roots a call is about, and what they weigh.
struct ShardChoice {
  /// nil is all of them.
  var shard: Shard?
  /// The manifest that knows weights.
  var weights: String?

  /// `--weights` says something.
  var isConsistent: Bool { weights == nil || shard != nil }

  /// The roots of the part, in their order.
  func kept(_ roots: [String], in files: SharedFiles) throws -> [String] {
    guard let shard else { return roots }
    var known: [ByteText: Int] = [:]
    if let weights {
      guard let manifest = try OutputManifest(at: weights) else {
        throw ManifestFailure(path: weights, reason: "there is no such file")
      }
      for record in manifest.roots { known[record.root] = record.weight }
    }
    var counted = RootWeights(files)
    let weighed = roots.map { root in
      (
        name: Path.clean(root),
        weight: known[AddressUser.masked(root)] ?? counted.weight(of: Invocation.path(of: root))
      )
    }
    return shard.places(of: weighed).map { roots[$0] }
  }
}

/// The flags for a part of the roots.
struct ShardFlags: ParsableArguments {
  @Option(name: CommandFlag.shard.names, help: CommandFlag.shard.help)
  var shard: String?

  @Option(name: CommandFlag.weights.names, help: CommandFlag.weights.help, completion: .file())
  var weights: String?

  func validate() throws {
    if let shard, Shard(shard) == nil {
      throw ValidationError("--shard must be I/N, the part I from 1 to N of N, not '\(shard)'")
    }
    if !choice.isConsistent { throw ValidationError("--weights is for --shard") }
  }

  var choice: ShardChoice { ShardChoice(shard: shard.flatMap { Shard($0) }, weights: weights) }
}
