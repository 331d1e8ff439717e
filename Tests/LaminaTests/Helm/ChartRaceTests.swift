import Foundation
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Roots and processes that want the same chart, which is not there yet, at the same time.
@Suite struct ChartRaceTests {
  private static let chart = "work/base/charts/shop-1.2.3/shop"

  @Test(arguments: 1...12) func rootsSideBySidePullAChartOnce(_ start: Int) throws {
    let fixture = try ChartFixture(pause: 0.005)
    defer { fixture.remove() }
    let roots = try fixture.makeRoots(8)
    let outcome = try fixture.render("--all", ".", "--jobs", "\(start % 4 + 2)")
    #expect(outcome.errors == "")
    #expect(outcome.status == 0)
    #expect(ChartFixture.objects(in: outcome.output) == roots.count * ChartFixture.objectCount)
    // All roots ask the same.
    for command in ["version", "pull", "template"] {
      let count = try fixture.calls(command)
      #expect(count == 1, "\(command)")
    }
    let leftovers = try fixture.leftovers()
    #expect(leftovers == [])
  }

  @Test(arguments: 1...6) func processesSideBySidePullAChartOnce(_ start: Int) async throws {
    let fixture = try ChartFixture(pause: 0.005)
    defer { fixture.remove() }
    let roots = try fixture.makeRoots(6)
    let outcomes = try await withThrowingTaskGroup(of: BuiltCommand.Outcome.self) { group in
      for root in roots { group.addTask { try fixture.render(root) } }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    for outcome in outcomes {
      #expect(outcome.errors == "")
      #expect(outcome.status == 0)
      #expect(ChartFixture.objects(in: outcome.output) == ChartFixture.objectCount)
    }
    let pulls = try fixture.calls("pull")
    #expect(pulls == 1)
    let leftovers = try fixture.leftovers()
    #expect(leftovers == [])
  }

  @Test func aPasswordIsInNoArgumentAndInNoFileThatStays() throws {
    let fixture = try ChartFixture()
    defer { fixture.remove() }
    let chart = ChartFixture.chart("shop", user: "me:s3cret@")
    try fixture.write("helmCharts: [\(chart)]\n", to: "work/base/kustomization.yaml")
    let outcome = try fixture.render("base")
    #expect(outcome.errors == "")
    #expect(ChartFixture.objects(in: outcome.output) == ChartFixture.objectCount)
    let arguments = try fixture.arguments()
    #expect(arguments.count == 4)
    #expect(!arguments.contains { $0.contains("s3cret") })
    let told = try fixture.text("repositories")
    #expect(told.hasSuffix("  url: \"https://me:s3cret@example.com\"\n"))
    let mode = try fixture.text("mode")
    #expect(mode.hasPrefix("drwx------"))
    let leftovers = try fixture.leftovers()
    #expect(leftovers == [])
    #expect(fixture.exists("\(Self.chart)/values.yaml"))
  }

  /// A process that dies leaves nothing that is taken for a chart, and nothing that others wait for.
  @Test(arguments: [0, 2, 5]) func aBuildAfterOneThatWasKilledPullsAnew(_ parts: Int) throws {
    let fixture = try ChartFixture(pause: 0.1)
    defer { fixture.remove() }
    try fixture.write(
      "helmCharts: [\(ChartFixture.chart("shop"))]\n", to: "work/base/kustomization.yaml")
    let process = try fixture.start("base")
    while try fixture.calls("pull") == 0 { usleep(2000) }
    usleep(UInt32(parts) * 100_000)
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
    #expect(!fixture.exists(Self.chart))
    let outcome = try fixture.render("base")
    #expect(outcome.errors == "")
    #expect(ChartFixture.objects(in: outcome.output) == ChartFixture.objectCount)
    let pulls = try fixture.calls("pull")
    #expect(pulls == 2)
  }

  @Test(arguments: [SIGINT, SIGTERM, SIGHUP]) func aSignalLeavesNoHalfChart(_ signal: Int32) throws
  {
    let fixture = try ChartFixture(pause: 0.1)
    defer { fixture.remove() }
    try fixture.write(
      "helmCharts: [\(ChartFixture.chart("shop")), \(ChartFixture.chart("bees"))]\n",
      to: "work/base/kustomization.yaml")
    let process = try fixture.start("base", "--jobs", "2")
    while try fixture.calls("pull") < 2 { usleep(2000) }
    kill(process.processIdentifier, signal)
    process.waitUntilExit()
    #expect(process.terminationReason == .uncaughtSignal)
    #expect(process.terminationStatus == signal)
    #expect(!fixture.exists(Self.chart))
    let leftovers = try fixture.leftovers().filter { $0.contains(".lamina") }
    #expect(leftovers == [])
  }

  @Test func aPullThatFailsLeavesTheDirectoryAsItWas() throws {
    let fixture = try ChartFixture()
    defer { fixture.remove() }
    try fixture.write(
      "helmCharts: [\(ChartFixture.chart("broken"))]\n", to: "work/base/kustomization.yaml")
    for root in ["a", "b", "c"] {
      try fixture.write("resources: [../base]\n", to: "work/\(root)/kustomization.yaml")
    }
    let outcome = try fixture.render("--all", ".", "--jobs", "3")
    #expect(outcome.status == 1)
    #expect(
      outcome.errors.contains(
        "helm pull --untar --untardir \(fixture.directory.path)/work/base/charts/broken-1.2.3 --repo https://example.com broken --version 1.2.3' failed with exit status 1\n"
      ), "\(outcome.errors)")
    // What is wrong with the base is said once, for all of its roots.
    #expect(outcome.errors.split(separator: "\n").count { $0 == "  │ Error: no such chart" } == 1)
    #expect(outcome.errors.contains("\n  in 3 roots: a, b, c\n"))
    // A failure is an answer as well.
    let pulls = try fixture.calls("pull")
    #expect(pulls == 1)
    #expect(!fixture.exists("work/base/charts"))
    let leftovers = try fixture.leftovers()
    #expect(leftovers == [])
  }

  @Test func diffAndGoldenWorkOnACleanCheckout() throws {
    let fixture = try ChartFixture()
    defer { fixture.remove() }
    _ = try fixture.makeRoots(6)
    try fixture.write("", to: "work/lamina.yaml")
    let update = try fixture.render("golden", "update")
    #expect(update.errors == "")
    #expect(update.status == 0)
    let charts = fixture.directory.appending(path: "work/base/charts")
    try FileManager.default.removeItem(at: charts)
    let check = try fixture.render("golden", "check")
    #expect(check.errors == "")
    #expect(check.status == 0)
    try FileManager.default.removeItem(at: charts)
    // Both sides of all roots want the same chart of one base.
    let diff = try fixture.render("diff", ".", ".", "--all")
    #expect(diff.errors == "")
    #expect(diff.status == 0)
    let pulls = try fixture.calls("pull")
    #expect(pulls == 3)
    let leftovers = try fixture.leftovers()
    #expect(leftovers == [])
  }

  @Test func offlineBuildsDoNotPull() throws {
    let fixture = try ChartFixture()
    defer { fixture.remove() }
    try fixture.write(
      "helmCharts:\n- \(ChartFixture.chart("shop"))\n", to: "work/kustomization.yaml")
    let offline = try fixture.render("--offline")
    #expect(
      offline.errors == """
        kustomization.yaml:2:3: error: chart "shop" of version 1.2.3 is not at 'charts/shop-1.2.3/shop', and this build is offline
            2 │ - {name: shop, repo: 'https://example.com', version: 1.2.3, releaseNam…
              │   ^ build it once without --offline

        """)
    #expect(offline.status == 1)
    let online = try fixture.render()
    #expect(online.status == 0)
    let again = try fixture.render("--offline")
    #expect(again.output == online.output)
    let pulls = try fixture.calls("pull")
    #expect(pulls == 1)
  }

  /// Whichever of the charts is done first, the first that fails is told of.
  @Test(arguments: 1...4) func theFirstFailureIsToldOf(_ jobs: Int) throws {
    let fixture = try ChartFixture(pause: 0.05)
    defer { fixture.remove() }
    let charts = [
      ChartFixture.chart("a"), ChartFixture.chart("b", release: "broken"),
      ChartFixture.chart("broken"), ChartFixture.chart("c"),
    ]
    try fixture.write(
      "helmCharts:\n" + charts.map { "- \($0)\n" }.joined(), to: "work/kustomization.yaml")
    let outcome = try fixture.render("--jobs", "\(jobs)")
    #expect(
      outcome.errors.hasPrefix("kustomization.yaml:3:3: error: '"), "\(outcome.errors)")
    #expect(outcome.output == "")
  }
}
