import Foundation
import GeneratedInputs

// Writes one of the generated inputs to a directory, and prints the directory to render in it:
//
//     write-input small DIRECTORY
//     write-input shop COUNT DIRECTORY          so many resources
//     write-input definitions BYTES DIRECTORY   so many bytes of custom resource definitions
//     write-input overlays COUNT DIRECTORY      so many overlays, ten for each base
let words = CommandLine.arguments.dropFirst()
let number = words.dropFirst().first.flatMap { Int($0) } ?? 0
let input: GeneratedInput
switch words.first {
case "small": input = Inputs.small()
case "shop": input = Inputs.shop(resources: number)
case "definitions": input = Inputs.definitions(bytes: number)
case "overlays": input = Inputs.overlays(number)
default:
  FileHandle.standardError.write(Data("write-input: unknown input\n".utf8))
  exit(2)
}

let top = URL(filePath: words.last ?? ".", directoryHint: .isDirectory)
for (path, text) in input.files {
  let file = top.appending(path: path)
  try FileManager.default.createDirectory(
    at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
  try Data(text.utf8).write(to: file)
}
print(top.appending(path: input.root).path(percentEncoded: false))
