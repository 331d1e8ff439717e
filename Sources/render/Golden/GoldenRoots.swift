import Lamina
import LaminaHost

/// The roots of one call, and which golden files are theirs.
struct GoldenRoots {
  let project: Project
  let files = SharedFiles(DiskFileSystem())
  private(set) var roots: [GoldenRoot] = []
  /// The directories, from the project's, of which all roots are among these; none where some were named.
  private let searched: [String]
  /// The keys of roots that this call leaves out. Their golden files stay as they are.
  private let excluded: Set<ByteText>

  /// - Parameter invocation: the roots that were named, or the directory to search; with neither, all
  ///   of the project are meant.
  init(_ invocation: Invocation) throws {
    project = try Project()
    let here = RelativePath(from: DiskFileSystem.workingDirectory)
    var names = invocation.directories
    var tops = invocation.searchedDirectories
    if tops.isEmpty, names.isEmpty { tops = [project.directory] }
    let places = try tops.map { top in
      guard let found = try? DiskFileSystem().resolve(Invocation.path(of: top)), found.isDirectory
      else { throw GoldenFailure(invocation.noRoots) }
      return found.path
    }
    let base = RelativePath(from: project.directory)
    searched = places.map { base.text(of: $0) }
    let found = Self.find(below: places, in: project, files)
    let kept = invocation.exclusion.kept(found, project.file, in: project.directory) {
      (name: here.text(of: $0), path: $0)
    }
    let left = Set(texts: found).subtracting(kept.map { ByteText($0) })
    excluded = Set(texts: left.map { GoldenHeader(key: base.text(of: $0.string)).key })
    names += kept.map { here.text(of: $0) }
    roots = try names.map { try GoldenRoot($0, in: project) }
    if let root = roots.first(where: { !project.file.golden.covers($0.key) }) {
      throw GoldenFailure(
        "\(root.name): error: the golden settings of \(ProjectFile.name) leave it out")
    }
    try checkPlaces()
    if roots.isEmpty, present().isEmpty { throw GoldenFailure(invocation.noRoots) }
  }

  /// Canonical paths of the roots that the settings mean.
  private static func find(
    below places: [String], in project: Project, _ files: SharedFiles
  ) -> [String] {
    places.flatMap { find(below: $0, in: project, files) }
  }

  private static func find(
    below directory: String, in project: Project, _ files: SharedFiles
  ) -> [String] {
    let settings = project.file.golden
    let directories = DirectorySearch.directories(
      below: directory, holding: Renderer.kustomizationNames)
    let found =
      settings.roots == nil
      ? Renderer.roots(among: directories, in: files)
      : Renderer.kustomizations(among: directories, in: files)
    let base = RelativePath(from: project.directory)
    return found.filter { settings.covers(base.text(of: $0)) }
  }

  private func checkPlaces() throws {
    var known: [ByteText: GoldenRoot] = [:]
    for root in roots {
      guard let other = known.updateValue(root, forKey: root.place) else { continue }
      throw GoldenFailure("error: \(other.name) and \(root.name) would have the same golden file")
    }
  }

  // MARK: - What is there

  /// The golden files that are there of these roots, and where all were searched, of roots that are no
  /// longer there: by their paths, each with the key of its root.
  func present() -> [Present] {
    let keys = Set(texts: roots.map { GoldenHeader(key: $0.key).key })
    var result: [Present] = []
    for (path, territory) in candidates.sorted(by: { $0.key < $1.key }) {
      // What is no golden file of this project is none that it speaks of.
      guard let bytes = try? territory.read(path.string), let header = GoldenHeader(bytes),
        keys.contains(header.key) || isSearched(header.key)
      else { continue }
      result.append(Present(path: path.string, key: header.key, territory: territory))
    }
    return result
  }

  /// A golden file that is there.
  struct Present {
    let path: String
    /// That of its root.
    let key: String
    /// Where it may stand.
    let territory: Territory
  }

  private func isSearched(_ key: String) -> Bool {
    !excluded.contains(key) && searched.contains { $0 == "." || Path.isInside(key, directory: $0) }
  }

  /// Where golden files may stand: also those of other settings, which are of no use any more.
  private var candidates: [ByteText: Territory] {
    let settings = project.file.golden
    let names =
      settings.name.map { [$0] } ?? GoldenLayout.allCases.map(GoldenRoot.usualName)
    var files: [ByteText: Territory] = [:]
    func add(_ found: [String], _ territory: Territory) {
      for file in found { files[file] = files[file] ?? territory }
    }
    for root in roots {
      let places = names.map { Path.join(root.path, $0) } + [root.place]
      add(places.flatMap { DirectorySearch.files(in: $0) }, root.territory)
    }
    if searched.isEmpty { return files }
    for top in searched.map({ Path.join(project.directory, $0) }) {
      for directory in DirectorySearch.directories(below: top) {
        let places = names.map { Path.join(directory, $0) }
        add(places.flatMap { DirectorySearch.files(in: $0) }, project.territory)
      }
    }
    // A link may lead anywhere, where there may be a great deal.
    if let directory = settings.directory.map({ Path.join(project.directory, $0) }),
      (try? project.territory.check(directory)) != nil
    {
      add(DirectorySearch.files(below: directory), project.territory)
    }
    return files
  }
}
