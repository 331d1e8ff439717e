internal import Lamina

/// What `edit set replicas` is told of a resource: `NAME=COUNT`.
public struct ReplicaArgument: Sendable, Equatable {
  /// The name of the resource.
  public let name: String
  /// How many pods it gets.
  public let count: Int64

  /// A number of replicas of a resource.
  public init(name: String, count: Int64) {
    self.name = name
    self.count = count
  }

  /// Reads an argument of the command.
  ///
  /// Source: kustomize/commands/edit/set/setreplicas.go `parseReplicasArg`.
  public init(_ argument: String) throws(EditError) {
    let parts = argument.parts(at: "=", omittingEmptySubsequences: false)
    guard parts.count == 2, let count = Int64(parts[1]) else {
      throw EditError(
        "invalid format of replica, use the following format: <name>=<count>")
    }
    self.init(name: String(parts[0]), count: count)
  }
}

extension KustomizationEditor {
  /// Sets the number of replicas of resources. The list keeps its order, as that of images does.
  ///
  /// Of several arguments for one name the last counts. kustomize sorts the list by name
  /// (`RunSetReplicas`).
  public mutating func setReplicas(_ arguments: [ReplicaArgument]) throws(EditError) {
    var counts: [ByteText: Int64] = [:]
    for argument in arguments { counts[argument.name] = argument.count }
    var done: Set<ByteText> = []
    for argument in arguments where done.insert(argument.name).inserted {
      try setReplica(argument.name, .other(String(counts[argument.name] ?? argument.count)))
    }
  }

  /// Writes the count over the first entry of the name, and removes further ones; appends one where
  /// there is none.
  private mutating func setReplica(_ name: String, _ count: YAMLValue) throws(EditError) {
    let items = value(of: "replicas")?.items ?? []
    let found = items.indices.filter { items[$0].text(of: "name").hasBytes(of: name) }
    guard let first = found.first else {
      let entry = [YAMLValue.Entry("name", .string(name)), YAMLValue.Entry("count", count)]
      return try append([.mapping(entry)], to: "replicas")
    }
    try removeItems(Array(found.dropFirst()), of: "replicas")
    let key = Self.spelling(of: "count", in: items[first])
    // Without a count the entry means zero, which a new value says as well.
    try editor.set(count, at: [self.name(of: "replicas"), .index(first), .key(key)])
  }
}
