import Foundation
import Testing

@testable import Lamina

/// `Docs/DIAGNOSTICS.md` lists every id but those of rules, and every family, and no others.
@Suite struct DiagnosticIDTests {
  private static let lines: [[String]] = {
    let path = URL(filePath: #filePath).appending(path: "../../../../Docs/DIAGNOSTICS.md")
    let text = (try? String(contentsOf: path.standardizedFileURL, encoding: .utf8)) ?? ""
    return text.split(separator: "\n").filter { $0.hasPrefix("| `") }.map { line in
      line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
    }
  }()

  @Test func theDocumentListsEveryIDWithItsFamily() {
    let listed = Self.lines.filter { $0.count >= 3 }.map { "\($0[0]) \($0[1])" }
    let known = DiagnosticID.allCases.filter { $0.family != .lint }.map {
      "`\($0.rawValue)` `\($0.family.rawValue)`"
    }
    #expect(known.count > 200)
    #expect(listed == known, "in the order of the list")
  }

  @Test func everyFamilyHasIDsAndALine() {
    let listed = Self.lines.filter { $0.count == 2 }.map { $0[0] }
    let families = Set(DiagnosticID.allCases.map(\.family.rawValue))
    #expect(Set(listed) == Set(families.map { "`\($0)`" }))
  }

  @Test func idsAreWordsAndHyphens() {
    for id in DiagnosticID.allCases {
      #expect(id.rawValue.allSatisfy { $0.isLowercase || $0.isNumber || "-.".contains($0) })
    }
  }
}
