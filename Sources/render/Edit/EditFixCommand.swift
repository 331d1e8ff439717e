import Lamina
import LaminaDiff
import LaminaEditing
import LaminaHost

/// `edit fix`: moves deprecated fields, and proves that what is rendered stays the same.
enum EditFixCommand {
  static var all: [WordCommand] {
    [
      WordCommand(
        "edit fix", "Move deprecated fields to those that replaced them.",
        flags: [
          WordFlag(
            "vars", nil, .isSwitch, "Make replacements of vars, in all files they are in."),
          WordFlag(
            "force", nil, .isSwitch, "Write also what changes the result, or cannot be rendered."),
        ] + ProofFlags.flags + EditedFile.flags, run: run),
      WordCommand(
        "edit alpha-list-builtin-plugin", "List the builtin plugins.", run: listPlugins),
    ]
  }

  private static func run(_ call: CommandCall) throws {
    let file = try EditedFile(call.arguments)
    var editor = try file.editor()
    var changed: [KustomizationEditor.ChangedFile] = []
    let done: [String]
    let read = { (path: String) in
      try? DiskFileSystem().read(EditedFile.absolute(file.local(path)))
    }
    do throws(EditError) {
      var moved = try editor.fix { read($0) != nil }
      if call.arguments.isOn("vars"), editor.hasVariables {
        changed = try editor.convertVariables(read: read)
        moved.append("vars -> replacements")
      }
      done = moved
    } catch { throw CommandFailure(error.message, showsUsage: false) }
    if call.arguments.isOn("vars"), !editor.hasVariables, changed.isEmpty {
      sayWhereVariablesAre(editor, file, read)
    }
    if editor.bytes == file.bytes, changed.isEmpty { return try say([], editor) }
    if !call.arguments.isOn("force") {
      let variables = call.arguments.isOn("vars") ? try file.editor().variableNames : []
      try FixProof(file, call.arguments).check(editor.bytes, changed, variables: variables)
    }
    if call.arguments.isOn("dry-run") {
      let own = editor.bytes == file.bytes ? [] : [file.change(to: editor.bytes)]
      return try PatchOutput.print(
        changed.map {
          PatchOutput.Change(path: file.local($0.path), old: $0.old, new: $0.new)
        } + own, hidesSecrets: file.isForAssistant)
    }
    try write(changed, of: file)
    if editor.bytes != file.bytes { try file.write(editor.bytes, isDryRun: false) }
    try say(done, editor)
  }

  /// The vars of a base become replacements of that base.
  private static func sayWhereVariablesAre(
    _ editor: KustomizationEditor, _ file: EditedFile, _ read: (String) -> [UInt8]?
  ) {
    let directories = (try? editor.basesWithVariables(read: read)) ?? []
    for directory in directories.map({ Path.clean(file.local($0)) }) {
      Notice.say("the vars are in \(directory): run `edit fix --vars` there (-C \(directory))")
    }
  }

  /// Writes the files of resources before the kustomization. Where one cannot be written, those before it
  /// get their old texts.
  private static func write(
    _ changed: [KustomizationEditor.ChangedFile], of file: EditedFile
  ) throws {
    for (number, change) in changed.enumerated() {
      let path = file.local(change.path)
      do throws(FileFailure) { try WholeFile.write(change.new[...], to: path) } catch {
        for earlier in changed[..<number] {
          try? WholeFile.write(earlier.old[...], to: file.local(earlier.path))
        }
        throw CommandFailure("\(path): cannot write: \(error)", showsUsage: false)
      }
    }
  }

  private static func say(_ done: [String], _ editor: KustomizationEditor) throws {
    var lines = [""]
    if done.isEmpty {
      lines.append("There is nothing to fix.")
    } else {
      lines.append("Fixed fields:")
      for (index, line) in done.enumerated() where !done[..<index].contains(bytesOf: line) {
        lines.append("  \(line)")
      }
    }
    if editor.hasVariables {
      lines += [
        "", "To convert vars -> replacements, run the command `render edit fix --vars`",
      ]
    }
    StandardOutput.print(lines.joined(separator: "\n") + "\n")
  }

  private static func listPlugins(_ call: CommandCall) {
    let names = [
      "AnnotationsTransformer", "ConfigMapGenerator", "HashTransformer",
      "HelmChartInflationGenerator", "IAMPolicyGenerator", "ImageTagTransformer",
      "LabelTransformer", "NamespaceTransformer", "PatchJson6902Transformer",
      "PatchStrategicMergeTransformer", "PatchTransformer", "PrefixTransformer",
      "ReplacementTransformer", "ReplicaCountTransformer", "SecretGenerator",
      "SortOrderTransformer", "SuffixTransformer", "ValueAddTransformer",
    ]
    let lines = ["Builtin plugins:", ""] + names.map { " * \($0)" }
    StandardOutput.print(lines.joined(separator: "\n") + "\n")
  }
}

extension KustomizationEditor {
  fileprivate var hasVariables: Bool { !variableNames.isEmpty }

  fileprivate var variableNames: [String] {
    let list = value.entries.last { $0.key.lowercased() == "vars" }?.value
    return (list?.items ?? []).compactMap { $0["name"]?.text }
  }
}
