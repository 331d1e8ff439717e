/// Why a tool does nothing, in words that the model can act on.
package struct ToolFailure: Error {
  let message: String

  package init(message: String) { self.message = message }
}
