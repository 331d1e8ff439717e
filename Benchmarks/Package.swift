// swift-tools-version: 6.2
import PackageDescription

/// What `Benchmarks/run` is made of. A package of its own: who uses Lamina builds none of it.
let package = Package(
  name: "benchmarks",
  platforms: [.macOS(.v15)],
  dependencies: [.package(name: "lamina", path: "..")],
  targets: [
    .target(name: "GeneratedInputs"),
    .executableTarget(name: "write-input", dependencies: ["GeneratedInputs"]),
    .target(name: "CAllocations"),
    .executableTarget(
      name: "measure-parts",
      dependencies: [
        "CAllocations", "GeneratedInputs", .product(name: "Lamina", package: "lamina"),
      ]),
    .executableTarget(name: "timed"),
    .executableTarget(name: "yaml-events", linkerSettings: [.linkedLibrary("yaml")]),
  ],
  swiftLanguageModes: [.v6]
)
