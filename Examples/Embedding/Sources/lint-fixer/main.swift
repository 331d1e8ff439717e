// Says what is wrong with kustomizations that render, and puts right what is safe:
//
//     lint-fixer [--fix] DIRECTORY…
import Foundation
import Lamina
import LaminaHost

var arguments = Array(CommandLine.arguments.dropFirst())
let fixes = arguments.first == "--fix"
if fixes { arguments.removeFirst() }

func absolute(_ path: String) -> String {
  path.hasPrefix("/") ? path : DiskFileSystem.workingDirectory + "/" + path
}

do {
  let settings = "lint: {rules: {hash-disabled: off, image-no-match: error}}\n"
  let linter = try Linter(settings: Array(settings.utf8), name: "settings of lint-fixer")
  let disk = DiskFileSystem()
  let report = linter.report(
    on: arguments.map(absolute), with: Renderer(SharedFiles(disk)),
    displayPath: { path in arguments.first { absolute($0) == path } ?? path })
  var corrections = Corrections()
  for finding in report.findings {
    print(finding.diagnostic)
    for fix in finding.diagnostic.fixes {
      print("  fix\(fix.isSafe ? "" : ", a guess"): \(fix.message)")
      // A guess of which there are several is none.
      if finding.diagnostic.fixes.count == 1, !corrections.add(fix) {
        print("  left for the next time")
      }
    }
  }
  for failure in report.failures { print(failure.report) }
  if fixes {
    for file in corrections.files {
      let place = try disk.resolve(absolute(file)).path
      guard let bytes = corrections.bytes(of: file, from: try disk.read(place)) else { continue }
      try Data(bytes).write(to: URL(filePath: place), options: .atomic)
      print("\(file): \(corrections.count(in: file)) corrected")
    }
  }
  let isBroken = report.findings.contains { $0.diagnostic.severity == .error }
  exit(isBroken || !report.failures.isEmpty ? 1 : 0)
} catch {
  print(error)
  exit(2)
}
