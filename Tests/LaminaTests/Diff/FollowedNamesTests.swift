import LaminaDiff
import Testing

@Suite struct FollowedNamesTests {
  private let fixture = ComparisonFixture()
  private let old = "app-2222222222"
  private let new = "app-4444444444"

  private func config(_ name: String, _ value: String) -> String {
    ComparisonFixture.configMap(name, value)
  }

  @Test func aNewHashIsOneChangeAndRollsOutWhatRefersToIt() throws {
    let (before, after) = (
      ComparisonFixture.workload("Deployment", "web", configMap: old),
      ComparisonFixture.workload("Deployment", "web", configMap: new)
    )
    let report = try fixture.diff(config(old, "a") + before, config(new, "b") + after)
    #expect(report.hidden.followedNames == 1)
    #expect(report.unchangedCount == 1)
    #expect(
      try fixture.lines(config(old, "a") + before, config(new, "b") + after) == [
        "v1 ConfigMap shop/\(old) -> v1 ConfigMap shop/\(new) by contentHash",
        "  data.key: 'a' -> 'b'",
        "  ! rollout: the new name rolls out Deployment web: all pods are replaced",
      ])
  }

  /// One rollout is said once.
  @Test func aTemplateThatChangesBesidesSaysSoItself() throws {
    let before = ComparisonFixture.workload("Deployment", "web", configMap: old)
    let after = ComparisonFixture.workload(
      "Deployment", "web", configMap: new, image: "web:2")
    #expect(
      try fixture.lines(config(old, "a") + before, config(new, "b") + after) == [
        "v1 ConfigMap shop/\(old) -> v1 ConfigMap shop/\(new) by contentHash",
        "  data.key: 'a' -> 'b'",
        "apps/v1 Deployment shop/web",
        "  spec.template.spec.containers[name=web].image: 'web:1' -> 'web:2'",
        "  ! rollout: the pod template changes: all pods are replaced",
      ])
  }

  /// The API server refuses another template, whatever differs in it.
  @Test func aJobCannotFollow() throws {
    let jobs = [old, new].map {
      ComparisonFixture.workload("Job", "seed", apiVersion: "batch/v1", configMap: $0)
    }
    #expect(
      try fixture.lines(config(old, "a") + jobs[0], config(new, "b") + jobs[1]).last
        == "  ! immutable-field: the new name is in the pod template of Job seed, which cannot be "
        + "changed: it has to be deleted and made anew")
  }

  /// A reference that has stayed behind is not the same on both sides by another name.
  @Test func aReferenceThatDoesNotFollowIsNoChange() throws {
    let stays = ComparisonFixture.workload("Deployment", "web", configMap: old)
    let report = try fixture.diff(config(old, "a") + stays, config(new, "b") + stays)
    #expect(report.resources.count == 1)
    #expect(report.hidden.followedNames == 0)
    let moved = stays.replacing("web:1", with: "web:2")
    #expect(
      try fixture.lines(config(old, "a") + stays, config(new, "b") + moved).contains {
        $0.contains("configMapRef")
      } == false)
  }

  /// What is shown has the names of its side.
  @Test func shownReferencesHaveTheirNames() throws {
    let before = ComparisonFixture.workload("Deployment", "web", configMap: old)
    let after = before.replacing(
      "        - configMapRef: {name: \(old)}", with: "        - secretRef: {name: other}")
    let lines = try fixture.lines(config(old, "a") + before, config(new, "b") + after)
    #expect(lines.contains { $0.contains("{name: '\(old)'}") })
    #expect(!lines.contains { $0.contains("\u{0}") })
  }
}
