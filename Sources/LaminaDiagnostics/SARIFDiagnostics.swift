internal import Lamina

/// Diagnostics as SARIF 2.1.0, which code scanning reads.
///
/// Files are named from the top of the repository. GitHub keeps 5,000 results of a run, the most serious of 25,000.
/// Source: docs.oasis-open.org/sarif/sarif/v2.1.0.
enum SARIFDiagnostics {
  private static let schema = "https://json.schemastore.org/sarif-2.1.0.json"
  private static let mostResults = 25_000

  static func bytes(of report: DiagnosticReport) -> [UInt8] {
    // Each id that occurs has a description, those of errors as well.
    var ids = report.rules.map(\.id.rawValue)
    for diagnostic in report.diagnostics where !ids.contains(diagnostic.id) {
      ids.append(diagnostic.id)
    }
    let writer = SARIFWriter(report, ids)
    return writer.document(schema: schema, mostResults: mostResults) + [UInt8(ascii: "\n")]
  }
}

private struct SARIFWriter {
  private let report: DiagnosticReport
  private let ids: [String]
  private let places: [String: Int]

  init(_ report: DiagnosticReport, _ ids: [String]) {
    self.report = report
    self.ids = ids
    places = Dictionary(uniqueKeysWithValues: ids.enumerated().map { ($1, $0) })
  }

  func document(schema: String, mostResults: Int) -> [UInt8] {
    var json = JSONWriter()
    var fingerprints = Fingerprints()
    json.object { json in
      json.field("$schema", schema)
      json.field("version", "2.1.0")
      json.field("runs") { json in
        json.array(of: [report]) { json, report in
          json.object { json in
            json.field("tool") { json in
              json.object { json in
                json.field("driver") { json in Self.append(driver: report, ids, to: &json) }
              }
            }
            json.field("columnKind", "unicodeCodePoints")
            json.field("originalUriBaseIds") { json in
              json.object { json in
                json.field("%SRCROOT%") { json in
                  json.object { json in
                    json.field("description") { json in
                      json.object { $0.field("text", "The top of the repository.") }
                    }
                  }
                }
              }
            }
            json.field("results") { json in
              json.array(of: report.diagnostics.prefix(mostResults)) { json, diagnostic in
                append(diagnostic, &fingerprints, to: &json)
              }
            }
          }
        }
      }
    }
    return json.output
  }

  // MARK: - Rules

  private static func append(
    driver report: DiagnosticReport, _ ids: [String], to json: inout JSONWriter
  ) {
    json.object { json in
      json.field("name", "Lamina")
      json.field("version", report.version)
      json.field("rules") { json in
        json.array(of: ids) { json, id in
          let rule = report.rules.first { $0.id.rawValue == id }
          json.object { json in
            json.field("id", id)
            guard let rule else { return }
            json.field("shortDescription") { $0.object { $0.field("text", "\(rule.summary)") } }
            json.field("fullDescription") { $0.object { $0.field("text", "\(rule.page)") } }
            json.field("help") { json in
              json.object { json in
                json.field("text", "\(rule.page)")
                json.field("markdown", "\(rule.page)")
              }
            }
            json.field("defaultConfiguration") { json in
              json.object { json in
                json.field("level", rule.level == .error ? "error" : "warning")
                if rule.level == .off { json.field("enabled", false) }
              }
            }
          }
        }
      }
    }
  }

  // MARK: - Results

  private func append(
    _ diagnostic: Diagnostic, _ fingerprints: inout Fingerprints, to json: inout JSONWriter
  ) {
    let file = report.file(of: diagnostic)
    json.object { json in
      json.field("ruleId", diagnostic.id)
      if let place = places[diagnostic.id] { json.field("ruleIndex", place) }
      json.field("level", diagnostic.severity.rawValue)
      json.field("message") { $0.object { $0.field("text", diagnostic.messageWithHint) } }
      json.field("locations") { json in
        json.array(of: file == nil ? [] : [diagnostic]) { json, diagnostic in
          json.object { append(placeOf: diagnostic, to: &$0) }
        }
      }
      let related = diagnostic.notes.filter { report.file(of: $0) != nil }
      if !related.isEmpty {
        json.field("relatedLocations") { json in
          json.array(of: related) { json, note in
            json.object { json in
              append(placeOf: note, to: &json)
              json.field("message") { $0.object { $0.field("text", note.message) } }
            }
          }
        }
      }
      json.field("partialFingerprints") { json in
        json.object { json in
          json.field(
            "lamina/v1", fingerprints.next(of: diagnostic, in: file ?? ""))
        }
      }
      if !diagnostic.fixes.isEmpty {
        json.field("fixes") { json in
          json.array(of: diagnostic.fixes) { json, fix in append(fix, to: &json) }
        }
      }
    }
  }

  private func append(placeOf diagnostic: Diagnostic, to json: inout JSONWriter) {
    json.field("physicalLocation") { json in
      json.object { json in
        append(file: report.file(of: diagnostic) ?? "", to: &json)
        guard let location = diagnostic.location else { return }
        json.field("region") { json in
          json.object { json in
            json.field("startLine", location.line)
            json.field("startColumn", location.column)
            if let end = diagnostic.end {
              json.field("endLine", end.line)
              json.field("endColumn", end.column)
            }
            if let excerpt = diagnostic.excerpt {
              json.field("snippet") { $0.object { $0.field("text", excerpt) } }
            }
          }
        }
      }
    }
  }

  private func append(file: String, to json: inout JSONWriter) {
    json.field("artifactLocation") { json in
      json.object { json in
        json.field("uri", PercentEncoding.encoded(file))
        json.field("uriBaseId", "%SRCROOT%")
      }
    }
  }

  private func append(_ fix: Diagnostic.Fix, to json: inout JSONWriter) {
    let files = Dictionary(grouping: fix.edits, by: { ByteText($0.file) }).sorted {
      $0.key < $1.key
    }
    json.object { json in
      json.field("description") { $0.object { $0.field("text", fix.message) } }
      json.field("artifactChanges") { json in
        json.array(of: files) { json, change in
          json.object { json in
            append(file: report.path(of: change.key.string), to: &json)
            json.field("replacements") { json in
              json.array(of: change.value) { json, edit in
                json.object { json in
                  json.field("deletedRegion") { json in
                    json.object { json in
                      json.field("byteOffset", edit.start)
                      json.field("byteLength", edit.end - edit.start)
                    }
                  }
                  json.field("insertedContent") { $0.object { $0.field("text", edit.replacement) } }
                }
              }
            }
          }
        }
      }
    }
  }
}
