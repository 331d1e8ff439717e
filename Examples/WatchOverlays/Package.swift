// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "watch-overlays",
  platforms: [.macOS(.v15)],
  dependencies: [.package(name: "lamina", path: "../..", traits: [])],
  targets: [
    .executableTarget(
      name: "watch-overlays", dependencies: [.product(name: "Lamina", package: "lamina")])
  ],
  swiftLanguageModes: [.v6]
)
