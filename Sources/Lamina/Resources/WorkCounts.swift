/// How much work a build was, in steps that do not depend on the machine.
///
/// Tests build an input and one twice its size, and see to it that the counts double and not more:
/// this keeps the cost of a build in a straight line.
struct WorkCounts: Sendable, Equatable {
  /// Layers that were gone through, each once for each way that leads to it.
  var layersVisited = 0
  /// Nodes of the tree, those of copies among them.
  var nodesMade = 0
  var nodesCopied = 0
  /// Nodes that a JSON patch has taken through JSON, once for each patch.
  var nodesInJSON = 0
  /// Nodes that were looked at to put their keys in order, once for each printer.
  var nodesRanked = 0
  /// Resources that were looked at to find those that an id, a name or a selector means, and entries
  /// made for that in the index.
  var idLookUps = 0
  /// Resources that were looked at to find the one that a reference names.
  var referenceCandidates = 0
}
