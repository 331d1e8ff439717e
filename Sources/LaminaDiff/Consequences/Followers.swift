internal import Lamina

/// What is rolled out because it refers to an object with a content hash.
struct Followers {
  private struct Object: Hashable {
    @ByteText var namespace: String
    @ByteText var name: String
  }

  private var workloads: [Object: [String]] = [:]
  /// Jobs, whose template cannot be changed.
  private var jobs: [Object: [String]] = [:]

  /// Notes the objects that the pod template of a resource follows, while nothing else in it changes:
  /// of a template that does, the resource says itself what follows.
  mutating func note(
    _ resource: RenderedResource.Identity, _ marked: ComparedValue, _ names: FollowedNames
  ) {
    let rollsOut = Consequences.rollsOut(resource)
    guard rollsOut || (resource.group, resource.kind) == ("batch", "Job"),
      let template = marked["spec"]?["template"]
    else { return }
    let words = "\(resource.kind) \(resource.name)"
    for name in Set(texts: names.references(in: template)).sortedTexts {
      let object = Object(namespace: resource.namespace, name: name)
      if rollsOut {
        workloads[object, default: []].append(words)
      } else {
        jobs[object, default: []].append(words)
      }
    }
  }

  /// The difference of the object that others refer to, with what that does to them.
  func adding(to difference: ResourceDiff) -> ResourceDiff {
    guard let id = difference.new?.id, difference.match != nil else { return difference }
    let object = Object(namespace: id.namespace, name: id.name)
    var consequences = difference.consequences
    if let words = workloads[object]?.joined(separator: ", ") {
      let message = "the new name rolls out \(words): all pods are replaced"
      consequences.append(Consequence(kind: .rollout, message: message))
    }
    if let words = jobs[object]?.joined(separator: ", ") {
      let message =
        "the new name is in the pod template of \(words), which cannot be changed: "
        + "it has to be deleted and made anew"
      consequences.append(Consequence(kind: .immutableField, message: message))
    }
    return ResourceDiff(
      old: difference.old, new: difference.new, match: difference.match,
      changes: difference.changes, consequences: consequences)
  }
}
