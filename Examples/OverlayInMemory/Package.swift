// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "overlay-in-memory",
  platforms: [.macOS(.v15)],
  dependencies: [.package(name: "lamina", path: "../..", traits: [])],
  targets: [
    .executableTarget(
      name: "overlay-in-memory", dependencies: [.product(name: "Lamina", package: "lamina")])
  ],
  swiftLanguageModes: [.v6]
)
