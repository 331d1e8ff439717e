// swift-tools-version: 6.2
import PackageDescription

/// Every target is built in the Swift 6 language mode. Where LAMINA_STRICT is set, as in CI, a warning is an error: not
/// for everybody, since another compiler may have warnings of its own.
let strict: [SwiftSetting] =
  (Context.environment["LAMINA_STRICT"] == nil ? [] : [.treatAllWarnings(as: .error)]) + [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
  ]

/// One file without libraries starts in a third of the time of one that loads Swift's own.
///
/// The flags are the command's only, so that the library can be a dependency of other packages. The
/// libraries named are those that argument parsing needs and that the linker does not find by itself;
/// lld is the linker that does not warn of what static executables cannot do and this one never does.
/// LAMINA_DYNAMIC=1 links in the usual way.
let executableLinkerSettings: [LinkerSetting] =
  Context.environment["LAMINA_DYNAMIC"] != nil
  ? []
  : [
    .unsafeFlags(
      [
        "-static-executable", "-l_FoundationCollections", "-l_FoundationCShims",
        "-lswiftSynchronization", "-use-ld=lld",
      ],
      .when(platforms: [.linux], configuration: .release))
  ]

/// Whatever is around a build is made for size in a release, which is downloaded; what a build runs is not. Scripts/release
/// sets the variable. The flag is an unsafe one, which packages that depend on this one could not use.
let aroundBuilds: [SwiftSetting] =
  strict
  + (Context.environment["LAMINA_COMMIT"] == nil
    ? [] : [.unsafeFlags(["-Osize"], .when(configuration: .release))])

/// What the command says of a release. Scripts/release sets both; any other build is a development build.
let releaseSettings: [CSetting] = ["LAMINA_COMMIT", "LAMINA_DATE"].compactMap { name in
  Context.environment[name].map { .define(name, to: $0) }
}

let package = Package(
  name: "lamina",
  platforms: [.macOS(.v15)],
  products: [
    .library(name: "Lamina", targets: ["Lamina", "LaminaHost"]),
    .library(name: "LaminaDiff", targets: ["LaminaDiff"]),
    .library(name: "LaminaEditing", targets: ["LaminaEditing", "LaminaSyntax"]),
    .executable(name: "render", targets: ["render"]),
  ],
  traits: [
    // Packages that use the libraries only say `traits: []` and fetch nothing.
    .trait(name: "Command", description: "The command, which needs the argument parser."),
    .default(enabledTraits: ["Command"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.5.0"),
    // For `swift package generate-documentation`. No target needs it, so that packages which depend on
    // this one do not fetch it.
    .package(url: "https://github.com/swiftlang/swift-docc-plugin", from: "1.4.0"),
  ],
  targets: [
    .systemLibrary(
      name: "CLibYAML",
      pkgConfig: "yaml-0.1",
      providers: [.apt(["libyaml-dev"]), .brew(["libyaml"])]
    ),
    .target(name: "CHashing"),
    .target(name: "CStack"),
    .target(name: "Pattern", swiftSettings: strict),
    .target(
      name: "Lamina", dependencies: ["CHashing", "CLibYAML", "CStack", "LaminaSyntax", "Pattern"],
      swiftSettings: strict),
    .target(name: "LaminaSyntax", dependencies: ["CLibYAML"], swiftSettings: strict),
    .target(
      name: "LaminaEditing", dependencies: ["Lamina", "LaminaSyntax"], swiftSettings: aroundBuilds),
    .target(name: "LaminaDiagnostics", dependencies: ["Lamina"], swiftSettings: aroundBuilds),
    .target(name: "LaminaDiff", dependencies: ["Lamina", "Pattern"], swiftSettings: aroundBuilds),
    .target(
      name: "LaminaExplain", dependencies: ["Lamina", "LaminaDiff"], swiftSettings: aroundBuilds),
    .target(
      name: "LaminaServer",
      dependencies: [
        "Lamina", "LaminaDiff", "LaminaExplain", "LaminaHost", "LaminaSchema", "LaminaSyntax",
      ],
      swiftSettings: aroundBuilds),
    .target(
      name: "LaminaSchema", dependencies: ["Lamina", "Pattern"], swiftSettings: aroundBuilds),
    .target(name: "CMachine"),
    .target(name: "CRelease", cSettings: releaseSettings),
    .target(name: "LaminaHost", dependencies: ["CMachine", "Lamina"], swiftSettings: strict),
    // The interface for C, of which Scripts/make-library makes one shared object.
    .target(name: "CLamina"),
    .target(
      name: "LaminaC",
      dependencies: [
        "CLamina", "CRelease", "Lamina", "LaminaDiagnostics", "LaminaDiff", "LaminaEditing",
        "LaminaExplain", "LaminaHost", "LaminaSchema",
      ],
      swiftSettings: aroundBuilds),
    .executableTarget(
      name: "render",
      dependencies: [
        "CRelease", "Lamina", "LaminaDiagnostics", "LaminaDiff", "LaminaEditing", "LaminaExplain",
        "LaminaHost", "LaminaSchema", "LaminaServer", "LaminaSyntax", "Pattern",
        .product(
          name: "ArgumentParser", package: "swift-argument-parser",
          condition: .when(traits: ["Command"])),
      ],
      swiftSettings: aroundBuilds,
      linkerSettings: executableLinkerSettings
    ),
    // The benchmarks, a package of their own, measure with the same inputs.
    .target(
      name: "GeneratedInputs", path: "Benchmarks/Sources/GeneratedInputs", swiftSettings: strict),
    .testTarget(
      name: "LaminaTests",
      dependencies: [
        "CHashing", "CLibYAML", "GeneratedInputs", "Lamina", "LaminaDiagnostics", "LaminaDiff",
        "LaminaEditing",
        "LaminaExplain", "LaminaHost", "LaminaSchema", "LaminaServer", "LaminaSyntax", "Pattern",
        "render",
        .product(
          name: "ArgumentParser", package: "swift-argument-parser",
          condition: .when(traits: ["Command"])),
      ],
      swiftSettings: strict),
  ],
  swiftLanguageModes: [.v6]
)
