internal import Lamina

extension AssistantTool {
  /// The tool with the schema of its arguments.
  func write(to json: inout JSONWriter) {
    json.object { json in
      json.field("name", name)
      json.field("title", title)
      json.field("description", description)
      json.field("inputSchema") { json in
        json.object { json in
          json.field("type", "object")
          json.field("properties") { json in
            json.object { json in
              for parameter in parameters {
                json.field(parameter.name) { parameter.write(to: &$0) }
              }
            }
          }
          json.field("required") { json in
            json.array(of: parameters.filter(\.isRequired)) { $0.string($1.name) }
          }
          json.field("additionalProperties", false)
        }
      }
      json.field("annotations") { json in
        json.object { json in
          json.field("readOnlyHint", !writes)
          json.field("destructiveHint", false)
          json.field("openWorldHint", false)
        }
      }
    }
  }
}

extension AssistantTool.Parameter {
  fileprivate func write(to json: inout JSONWriter) {
    json.object { json in
      switch kind {
      case .text, .path: json.field("type", "string")
      case .flag: json.field("type", "boolean")
      case .number:
        json.field("type", "integer")
        json.field("minimum", 1)
      case .texts:
        json.field("type", "array")
        json.field("items") { json in json.object { $0.field("type", "string") } }
      }
      json.field("description", description)
    }
  }
}
