import Lamina
import LaminaDiff
import LaminaHost
import LaminaSchema

/// Corrects files as the findings say.
///
/// A correction is *safe* if all roots render to the same bytes with it as without it, which is tried: no rule
/// needs to be trusted for that. Others are made only if the call allows it, and what they change is printed: among
/// them those in files of a root that does not render, of which nothing can be known.
struct LintFixes {
  private let names: [String]
  private let invocation: Invocation
  private let project: Project.Settings
  private let schemas: SchemaRules
  private let allowsChanges: Bool

  /// One correction, with its edits by file.
  private struct Correction {
    let diagnostic: Diagnostic
    let fix: Diagnostic.Fix
  }

  init(
    _ names: [String], _ invocation: Invocation, _ project: Project.Settings,
    _ schemas: SchemaRules, allowsChanges: Bool
  ) {
    self.names = names
    self.invocation = invocation
    self.project = project
    self.schemas = schemas
    self.allowsChanges = allowsChanges
  }

  /// Finds what can be corrected, tries it, and writes the files.
  func apply() throws {
    let files = SharedFiles(DiskFileSystem())
    let check = LintCheck(
      names, invocation.renderer(files, SharedAnswers(), project), of: files, project, schemas,
      jobs: invocation.jobCount)
    // A guess of which there are several is none.
    let (corrections, unproved) = proved(
      try inside(
        check.findings.map(\.diagnostic).filter { $0.fixes.count == 1 }
          .map { Correction(diagnostic: $0, fix: $0.fixes[0]) }), check)
    if corrections.isEmpty, unproved.isEmpty || !allowsChanges {
      return StandardError.say("0 files corrected")
    }
    let before = rendered(DiskFileSystem())
    var texts = Texts()
    var rejected: [Correction] = []
    // All at once first, since nearly always all are good; then one after the other.
    var all = texts
    for correction in corrections { _ = all.add(correction) }
    if try same(before, rendered(overlay(all))) {
      texts = all
    } else {
      for correction in corrections {
        var next = texts
        guard next.add(correction) else { continue }
        if try same(before, rendered(overlay(next))) {
          texts = next
        } else {
          rejected.append(correction)
        }
      }
    }
    if allowsChanges { for correction in rejected + unproved { _ = texts.add(correction) } }
    try write(texts)
    if rejected.isEmpty, unproved.isEmpty || !allowsChanges { return }
    if allowsChanges {
      // Standard output has the findings, in a format that programs may read.
      StandardError.write(changes(from: before, to: rendered(DiskFileSystem())))
    } else {
      for correction in rejected {
        let place = correction.diagnostic.location.map { "\($0): " } ?? ""
        StandardError.say(
          "\(place)not corrected, since the rendering would change: \(correction.fix.message); "
            + "--unsafe-fixes does it")
      }
    }
  }

  /// Those in files of the repository; says which others there are.
  private func inside(_ corrections: [Correction]) throws -> [Correction] {
    let (disk, territory) = (DiskFileSystem(), try Territory(project.top))
    func isOutside(_ edit: Diagnostic.Fix.Edit) -> Bool {
      let place = try? disk.resolve(DiskFileSystem.absolute(edit.file)).path
      return place.map { !territory.contains($0) } ?? false
    }
    return corrections.filter { correction in
      guard correction.fix.edits.contains(where: isOutside) else { return true }
      let place = correction.diagnostic.location.map { "\($0): " } ?? ""
      StandardError.say("\(place)not corrected, since the file is outside of the repository")
      return false
    }
  }

  /// Divides corrections into those whose renderings can be compared, and those in files that a root reads which
  /// does not render; says of these that they are not made, once for each file.
  private func proved(
    _ corrections: [Correction], _ check: LintCheck
  ) -> (proved: [Correction], unproved: [Correction]) {
    let disk = DiskFileSystem()
    var (proved, unproved): ([Correction], [Correction]) = ([], [])
    var told: Set<ByteText> = []
    for correction in corrections {
      let reader = correction.fix.edits.lazy.compactMap { edit in
        (try? disk.resolve(DiskFileSystem.absolute(edit.file)).path)
          .flatMap { check.readersThatFail[$0] }.map { (file: edit.file, root: $0) }
      }.first
      guard let reader else {
        proved.append(correction)
        continue
      }
      unproved.append(correction)
      if !allowsChanges, told.insert(reader.file).inserted {
        StandardError.say(
          "\(reader.file): not corrected, since \(reader.root) reads it and does not render; "
            + "--unsafe-fixes does it")
      }
    }
    return (proved, unproved)
  }

  // MARK: - Texts

  /// Files as they will be.
  private struct Texts {
    private(set) var corrections = Corrections()
    /// The first place in each file that is corrected.
    private var places: [ByteText: Diagnostic.Location] = [:]

    /// What messages call a file that is corrected.
    func name(of file: String) -> String { places[file]?.description ?? file }

    /// Adds the edits of a correction; false if one overlaps with what is there.
    mutating func add(_ correction: Correction) -> Bool {
      guard corrections.add(correction.fix) else { return false }
      for edit in correction.fix.edits where places[edit.file] == nil {
        places[edit.file] = correction.diagnostic.location
      }
      return true
    }
  }

  /// A file with edits, by the name that messages give it, and its text then.
  private func corrected(_ texts: Texts) throws -> [(file: String, place: String, text: [UInt8])] {
    try texts.corrections.files.map { file in
      let disk = DiskFileSystem()
      guard let place = try? disk.resolve(DiskFileSystem.absolute(file)).path,
        let bytes = try? disk.read(place), let text = texts.corrections.bytes(of: file, from: bytes)
      else { throw LintFailure("\(texts.name(of: file)): error: the file cannot be corrected") }
      return (file, place, text)
    }
  }

  private func overlay(_ texts: Texts) throws -> OverlayFileSystem {
    var memory = MemoryFileSystem()
    for (_, place, text) in try corrected(texts) { memory.write(text, to: place) }
    return OverlayFileSystem(memory, over: DiskFileSystem())
  }

  private func write(_ texts: Texts) throws {
    let files = try corrected(texts)
    for (file, place, text) in files {
      let count = texts.corrections.count(in: file)
      do throws(FileFailure) { try WholeFile.write(text[...], to: place) } catch {
        throw LintFailure("\(texts.name(of: file)): error: cannot write: \(error)")
      }
      StandardError.say("\(file): corrected in \(count) \(count == 1 ? "place" : "places")")
    }
    StandardError.say("\(files.count) \(files.count == 1 ? "file" : "files") corrected")
  }

  // MARK: - Renderings

  private func rendered(_ files: some FileSystem) -> [Comparison.Side] {
    let shared = SharedFiles(files)
    let renderer = invocation.renderer(shared, SharedAnswers(), project)
    let names = names
    var sides: [Comparison.Side] = []
    ParallelWork.run(count: names.count, jobs: invocation.jobCount) { index in
      do throws(Diagnostic) {
        let rendering = try renderer.render(
          Invocation.path(of: names[index]), displayPath: names[index])
        return Comparison.Side(label: names[index], content: .rendered(rendering))
      } catch { return Comparison.Side(label: names[index], content: .failed(error)) }
    } receive: {
      sides.append($1)
    }
    return sides
  }

  private func same(_ old: [Comparison.Side], _ new: [Comparison.Side]) throws -> Bool {
    zip(old, new).allSatisfy { old, new in
      switch (old.content, new.content) {
      case (.rendered(let old), .rendered(let new)): old.bytes == new.bytes
      case (.failed(let old), .failed(let new)): old.message.hasBytes(of: new.message)
      default: false
      }
    }
  }

  private func changes(from old: [Comparison.Side], to new: [Comparison.Side]) -> String {
    let roots = zip(zip(names, old), new).map { pair, new in
      Comparison.diff(pair.0, from: pair.1, to: new)
    }
    let report = DiffReport(roots: roots, comparedCount: roots.count)
    return String(decoding: TextReport.bytes(of: report), as: UTF8.self)
  }
}
