import Foundation
import Lamina
import LaminaHost

do {
  let shop = try DiskFileSystem().resolve(CommandLine.arguments.dropFirst().first ?? ".").path
  let overlay = MemoryFileSystem([
    "\(shop)/preview/kustomization.yaml": """
    resources: [../base]
    namespace: preview
    namePrefix: pr-42-
    """
  ])
  let files = OverlayFileSystem(overlay, over: DiskFileSystem())
  let rendering = try Renderer(fileSystem: files).render("\(shop)/preview")
  FileHandle.standardOutput.write(Data(rendering.bytes))
} catch {
  FileHandle.standardError.write(Data("\(error)\n".utf8))
  exit(1)
}
