import Testing

@testable import Lamina

/// What each operation does to an object. Every row agrees with kustomize.
@Suite struct JSONPatchTests {
  typealias Row = (patch: String, outcome: String)

  static let object = "a: 1\nl: [x, y, z]\nm:\n  n: t\n  z:\n"

  static let applied: [Row] = [
    (
      "- {op: add, path: /b, value: 2}",
      "a: 1\nb: 2\nl:\n- x\n- \"y\"\n- z\nm:\n  \"n\": t\n  z: null\n"
    ),
    ("- {op: add, path: /a, value: [1, {c: d}]}", "a:\n- 1\n- c: d\n"),
    ("- {op: add, path: /l/0, value: w}", "l:\n- w\n- x\n- \"y\"\n- z\n"),
    ("- {op: add, path: /l/3, value: w}", "l:\n- x\n- \"y\"\n- z\n- w\n"),
    ("- {op: add, path: /l/-, value: w}", "l:\n- x\n- \"y\"\n- z\n- w\n"),
    ("- {op: add, path: /l/-1, value: w}", "l:\n- x\n- \"y\"\n- z\n- w\n"),
    ("- {op: add, path: /l/-4, value: w}", "l:\n- w\n- x\n- \"y\"\n- z\n"),
    ("- {op: add, path: /l/+1, value: w}", "l:\n- x\n- w\n- \"y\"\n- z\n"),
    ("- {op: add, path: /b}", "b: null\n"),
    ("- {op: remove, path: /l/1}", "l:\n- x\n- z\n"),
    ("- {op: remove, path: /l/-1}", "l:\n- x\n- \"y\"\n"),
    ("- {op: remove, path: /m/n}", "m:\n  z: null\n"),
    ("- {op: replace, path: /l/01, value: w}", "l:\n- x\n- w\n- z\n"),
    ("- {op: replace, path: /new, value: w}", "new: w\n"),
    ("- {op: replace, path: '', value: {only: this}}", "only: this\n"),
    ("- {op: move, from: /m, path: /k}", "k:\n  \"n\": t\n  z: null\n"),
    ("- {op: move, from: /l/0, path: /l/2}", "l:\n- \"y\"\n- z\n- x\n"),
    (
      "- {op: copy, from: /m, path: /k}\n- {op: remove, path: /m/n}",
      "k:\n  \"n\": t\n  z: null\nl:\n- x\n- \"y\"\n- z\nm:\n  z: null\n"
    ),
    ("- {op: copy, from: /nothing, path: /k}", "k: null\n"),
    ("- {op: test, path: /nothing}\n- {op: test, path: /m/z, value: null}", "a: 1\n"),
    ("- {op: test, path: /a, value: 1.0}", "a: 1\n"),
    ("- {op: test, path: '', value: {a: 1, m: {z: ~, \"n\": t}, l: [x, \"y\", z]}}", "a: 1\n"),
    ("[{\"op\": \"add\", \"path\": \"/b\", \"value\": \"<\\u0041\\ud83d\"}]", "b: <A\u{FFFD}\n"),
    ("[]", "a: 1\n"),
    ("null", "a: 1\n"),
  ]

  /// The outcome is what is printed, or the lines of it that the row names.
  @Test(arguments: applied)
  func applying(row: Row) {
    let outcome = PatchFixture.outcome(of: row.patch, on: Self.object)
    #expect(outcome.contains(row.outcome), "\(outcome)")
  }

  static let failing: [Row] = [
    (
      "- {op: add, path: /x/y, value: 1}",
      """
      patch.yaml:1:19: add operation does not apply: doc is missing path: "/x/y"
      object.yaml:1:1: there is no field "x" here
      """
    ),
    (
      "- {op: add, path: /a/y, value: 1}",
      """
      patch.yaml:1:19: add operation does not apply: doc is missing path: "/a/y"
      object.yaml:1:1: "a" is neither a mapping nor a list here
      """
    ),
    (
      "- {op: add, path: /l/4, value: 1}",
      """
      patch.yaml:1:19: error in add for path: "/l/4": there is no element 4
      object.yaml:2:4: this list has 3 elements
      """
    ),
    (
      "- {op: replace, path: /l/x, value: 1}",
      """
      patch.yaml:1:23: error in replace for path: "/l/x": "x" is not an index
      object.yaml:2:4: this list has 3 elements
      """
    ),
    (
      "- {op: remove, path: /m/q}",
      """
      patch.yaml:1:22: error in remove for path: "/m/q": unable to remove nonexistent key: q
      object.yaml:4:3: there is no field "q" here
      """
    ),
    (
      "- {op: copy, from: /m/z/0, path: /k}",
      """
      patch.yaml:1:20: copy operation does not apply: doc is missing path: "/m/z/0"
      object.yaml:4:3: "z" is null here
      """
    ),
    (
      "- {op: test, path: /a, value: '1'}",
      "patch.yaml:1:20: testing value /a failed\nobject.yaml:1:4: the value here is \"1\""
    ),
    (
      "[{\"op\": \"test\", \"path\": \"/a\", \"value\": 1.0}]",
      "patch.yaml:1:25: testing value /a failed\nobject.yaml:1:4: the value here is \"1\""
    ),
    (
      "- {op: add, path: /m/q, value: ~}\n- {op: test, path: /m, value: {\"n\": t, q: ~, z: ~}}",
      "patch.yaml:2:20: testing value /m failed\nobject.yaml:4:3: it is here"
    ),
    ("- {op: ad, path: /a}", "patch.yaml:1:8: unknown operation \"ad\" in a JSON patch"),
    ("- {path: /a}", "patch.yaml:1:3: unknown operation \"unknown\" in a JSON patch"),
    ("- {op: remove}", "patch.yaml:1:3: remove operation needs a string as \"path\""),
    ("- {op: move, path: /a}", "patch.yaml:1:3: move operation needs a string as \"from\""),
    ("- {op: replace, path: ''}", "patch.yaml:1:3: an operation on the whole object needs a value"),
    (
      "- {op: replace, path: '', value: [a]}",
      "object.yaml:1:1: the patch leaves a list where an object has to be"
    ),
    ("{op: remove, path: /a}", "patch.yaml:1:1: a JSON patch has to be a list of operations"),
    ("- remove", "patch.yaml:1:3: an operation of a JSON patch has to be a mapping"),
    (
      "[{op: remove}]",
      "patch.yaml:1:3: malformed JSON: invalid character 'o' looking for beginning of object key string"
    ),
    (
      "- {op: add, path: /b, value: {~: 1}}",
      "patch.yaml:1:34: key `~` is not a string, and JSON has no other keys"
    ),
  ]

  @Test(arguments: failing)
  func failure(row: Row) {
    #expect(PatchFixture.outcome(of: row.patch, on: Self.object) == row.outcome)
  }

  @Test func valuesAreNotShared() throws {
    var fixture = PatchFixture()
    let first = try fixture.object("kind: A\n")
    let second = try fixture.object("kind: B\n")
    let patch = try #require(
      try fixture.patch(
        "- {op: add, path: /v, value: {a: []}}\n- {op: add, path: /v/a/-, value: 1}"))
    var trips = JSONTrips()
    try patch.apply(to: first, &trips, in: &fixture.tree)
    try patch.apply(to: second, &trips, in: &fixture.tree)
    #expect(try fixture.printed(first) == "kind: A\nv:\n  a:\n  - 1\n")
    #expect(try fixture.printed(second) == "kind: B\nv:\n  a:\n  - 1\n")
  }
}
