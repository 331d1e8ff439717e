// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "embedding",
  platforms: [.macOS(.v15)],
  // Without its traits, the package brings no dependencies of its own.
  dependencies: [.package(name: "lamina", path: "../..", traits: [])],
  targets: [
    .executableTarget(
      name: "render-service", dependencies: [.product(name: "Lamina", package: "lamina")]),
    .executableTarget(
      name: "revision-bot",
      dependencies: [
        .product(name: "Lamina", package: "lamina"),
        .product(name: "LaminaDiff", package: "lamina"),
      ]),
    .executableTarget(
      name: "lint-fixer", dependencies: [.product(name: "Lamina", package: "lamina")]),
    .executableTarget(
      name: "build-cache", dependencies: [.product(name: "Lamina", package: "lamina")]),
    .executableTarget(
      name: "patch-service", dependencies: [.product(name: "Lamina", package: "lamina")]),
  ],
  swiftLanguageModes: [.v6]
)
