import Testing

@testable import Lamina

/// Lists whose elements say which one they are, of any length.
@Suite struct MergedElementsTests {
  /// Names that differ in their length alone, or in the number of times that a digit stands there, are told apart
  /// by the index of a long list as by a look at each.
  @Test(arguments: ["N", "", "A_LONG_NAME_OF_A_VARIABLE_"])
  func takesAnyNames(prefix: String) throws {
    var fixture = MergeFixture()
    let names =
      (1...200).map { "\(prefix)\($0)" }
      + (1...7).map { prefix + String(repeating: "x", count: $0) }
    let list = try fixture.read(names.map { "- name: \"\($0)\"\n" }.joined())
    var elements = MergedElements()
    let isTaken = elements.push(elementsOf: list, key: .name, in: fixture.tree)
    #expect(isTaken)
    #expect(elements.count == names.count)
    for (place, element) in fixture.tree.children(of: list).enumerated() {
      let name = try #require(fixture.tree.field(.name, of: element))
      #expect(elements.place(of: name, in: 0..<names.count, fixture.tree) == place)
    }
  }

  @Test func refusesNamesThatStandTwice() throws {
    var fixture = MergeFixture()
    let list = try fixture.read(
      (1...40).map { "- name: n\($0 % 39)\n" }.joined())
    var elements = MergedElements()
    let isTaken = elements.push(elementsOf: list, key: .name, in: fixture.tree)
    #expect(!isTaken)
  }
}
