import Foundation
import GeneratedInputs

// Writes one of the generated inputs to a directory, and prints the directory to render in it:
//
//     write-input small DIRECTORY
//     write-input shop COUNT DIRECTORY          so many resources
//     write-input definitions BYTES DIRECTORY   so many bytes of custom resource definitions
//     write-input overlays COUNT DIRECTORY      so many overlays, ten for each base
//     write-input text BYTES DIRECTORY          a config map of a file of so many bytes
//     write-input binary BYTES DIRECTORY        the same of a file that is no text
//     write-input NAME COUNT DIRECTORY          one of the inputs that grow (`GrowingInput`)
let words = CommandLine.arguments.dropFirst()
let number = words.dropFirst().first.flatMap { Int($0) } ?? 0
let input: GeneratedInput
switch words.first {
case "small": input = Inputs.small()
case "shop": input = Inputs.shop(resources: number)
case "definitions": input = Inputs.definitions(bytes: number)
case "overlays": input = Inputs.overlays(number)
case "text", "binary": input = Inputs.fileInConfigMap()
default:
  guard let growing = words.first.flatMap({ GrowingInput(rawValue: $0) }) else {
    FileHandle.standardError.write(Data("write-input: unknown input\n".utf8))
    exit(2)
  }
  input = growing.make(number)
}

let top = URL(filePath: words.last ?? ".", directoryHint: .isDirectory)
for (path, text) in input.files {
  let file = top.appending(path: path)
  try FileManager.default.createDirectory(
    at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
  try Data(text.utf8).write(to: file)
}
if words.first == "text" || words.first == "binary" {
  let line = Data("setting = a line of a configuration file, of some sixty bytes\n".utf8)
  // Numbers that look random, and are the same in every run.
  var state: UInt64 = 1
  var bytes = Data(capacity: number + line.count)
  while bytes.count < number {
    if words.first == "text" {
      bytes.append(line)
    } else {
      state = state &* 6_364_136_223_846_793_005 &+ 1
      bytes.append(UInt8(truncatingIfNeeded: state >> 56))
    }
  }
  try bytes.write(to: top.appending(path: "\(input.root)/file"))
}
print(top.appending(path: input.root).path(percentEncoded: false))
