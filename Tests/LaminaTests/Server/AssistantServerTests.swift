import Foundation
import Testing

/// `render mcp` as a program: what an assistant is told, and what it is not given.
@Suite struct AssistantServerTests {
  private let scratch: ScratchDirectory

  init() throws {
    scratch = try ScratchDirectory()
    try scratch.write(
      "work/base/kustomization.yaml", "resources: [web.yaml, secret.yaml]\nnamePrefix: a-\n")
    try scratch.write(
      "work/base/web.yaml",
      """
      apiVersion: v1
      kind: Pod
      metadata: {name: web}
      spec:
        containers:
        - {name: web, image: web, envFrom: [{secretRef: {name: key}}]}

      """)
    try scratch.write(
      "work/base/secret.yaml",
      "apiVersion: v1\nkind: Secret\nmetadata: {name: key}\nstringData: {password: hunter22}\n")
    try scratch.write("outside/kustomization.yaml", "namePrefix: b-\n")
  }

  /// What the server answers to some lines, a line each.
  private func answers(_ lines: [String], _ flags: [String] = []) throws -> [String] {
    let outcome = try BuiltCommand.run(
      ["mcp"] + flags, in: scratch.url.appending(path: "work"),
      input: lines.joined(separator: "\n") + "\n")
    #expect(outcome.status == 0)
    #expect(outcome.errors == "")
    return outcome.output.split(separator: "\n").map(String.init)
  }

  private static let initialize =
    #"{"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-06-18"}}"#

  private func call(_ tool: String, _ arguments: String, _ flags: String...) throws -> String {
    let line =
      #"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"\#(tool)","arguments":\#(arguments)}}"#
    let all = try answers([Self.initialize, line], flags)
    let answer = try #require(all.last)
    #expect(all.count == 2)
    let prefix = #"{"jsonrpc":"2.0","id":1,"#
    #expect(answer.hasPrefix(prefix))
    return String(answer.dropFirst(prefix.count).dropLast())
  }

  private func text(_ text: String, isError: Bool = false) -> String {
    #""result":{"content":[{"type":"text","text":"\#(text)"}],"isError":\#(isError)}"#
  }

  @Test func sessionsBeginAsTheProtocolSays() throws {
    defer { scratch.remove() }
    let all = try answers([
      #"{"jsonrpc":"2.0","id":"early","method":"tools/list"}"#,
      #"{"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"1999-01-01"}}"#,
      #"{"jsonrpc":"2.0","method":"notifications/initialized"}"#,
      #"{"jsonrpc":"2.0","id":1,"method":"ping"}"#,
      #"{"jsonrpc":"2.0","id":2,"method":"resources/list"}"#,
      "[]", "no json", "",
      #"{"jsonrpc":"2.0","id":3,"method":"tools/call","params":{"name":"rm"}}"#,
    ])
    #expect(
      all[0] == """
        {"jsonrpc":"2.0","id":"early","error":{"code":-32002,"message":"the first request must be initialize"}}
        """)
    #expect(all[1].hasPrefix(#"{"jsonrpc":"2.0","id":0,"result":{"protocolVersion":"2025-11-25","#))
    #expect(
      all[2...] == [
        #"{"jsonrpc":"2.0","id":1,"result":{}}"#,
        #"{"jsonrpc":"2.0","id":2,"error":{"code":-32601,"message":"there is no method \"resources/list\""}}"#,
        #"{"jsonrpc":"2.0","id":null,"error":{"code":-32600,"message":"the protocol has no batches of messages"}}"#,
        #"{"jsonrpc":"2.0","id":null,"error":{"code":-32700,"message":"malformed JSON: invalid character 'o' in literal null"}}"#,
        #"{"jsonrpc":"2.0","id":3,"error":{"code":-32602,"message":"there is no tool \"rm\""}}"#,
      ])
  }

  /// Since 2026-07-28 requests name the version of the protocol one by one, and nothing comes before them.
  @Test func requestsNeedNoSession() throws {
    defer { scratch.remove() }
    func meta(_ version: String) -> String {
      #""_meta":{"io.modelcontextprotocol/protocolVersion":\#(version),"io.modelcontextprotocol/clientCapabilities":{}}"#
    }
    let known = meta(#""2026-07-28""#)
    let all = try answers([
      #"{"jsonrpc":"2.0","id":1,"method":"server/discover","params":{\#(known)}}"#,
      #"{"jsonrpc":"2.0","id":2,"method":"tools/list","params":{\#(known)}}"#,
      #"{"jsonrpc":"2.0","id":3,"method":"tools/call","params":{\#(known),"name":"describe_rule","arguments":{}}}"#,
      #"{"jsonrpc":"2.0","id":4,"method":"tools/list","params":{\#(meta(#""2031-01-01""#))}}"#,
      #"{"jsonrpc":"2.0","id":5,"method":"tools/list","params":{\#(meta("7"))}}"#,
      #"{"jsonrpc":"2.0","id":6,"method":"ping","params":{\#(known)}}"#,
      #"{"jsonrpc":"2.0","id":7,"method":"server/discover"}"#,
      #"{"jsonrpc":"2.0","id":8,"method":"tools/list"}"#,
    ])
    let versions = #"["2026-07-28","2025-11-25","2025-06-18","2025-03-26","2024-11-05"]"#
    let discovered = #"{"jsonrpc":"2.0","id":1,"result":{"supportedVersions":\#(versions),"#
    #expect(all[0].hasPrefix(discovered + #""capabilities":{"tools":{}},"#))
    let server = #""_meta":{"io.modelcontextprotocol/serverInfo":{"name":"render","#
    let listed = #""resultType":"complete","ttlMs":3600000,"cacheScope":"public","#
    for answer in all[0...1] { #expect(answer.contains(listed + server)) }
    #expect(
      all[2].hasPrefix(
        #"{"jsonrpc":"2.0","id":3,"result":{"content":[{"type":"text","#
          + #""text":"the argument \"rule\" is missing\n"}],"#
          + #""isError":true,"resultType":"complete",\#(server)"#))
    #expect(
      all[3...] == [
        #"{"jsonrpc":"2.0","id":4,"error":{"code":-32022,"message":"the server does not have this version","#
          + #""data":{"supported":\#(versions),"requested":"2031-01-01"}}}"#,
        #"{"jsonrpc":"2.0","id":5,"error":{"code":-32602,"message":"tools/list: the parameters are not those of the protocol"}}"#,
        #"{"jsonrpc":"2.0","id":6,"error":{"code":-32601,"message":"there is no method \"ping\""}}"#,
        #"{"jsonrpc":"2.0","id":7,"error":{"code":-32002,"message":"the first request must be initialize"}}"#,
        #"{"jsonrpc":"2.0","id":8,"error":{"code":-32002,"message":"the first request must be initialize"}}"#,
      ])
  }

  /// What is listed is valid JSON, and each tool has a schema of its arguments.
  @Test func toolsHaveSchemas() throws {
    defer { scratch.remove() }
    let all = try answers([Self.initialize, #"{"jsonrpc":"2.0","id":1,"method":"tools/list"}"#])
    let answer = try JSONSerialization.jsonObject(with: Data(all[1].utf8)) as? [String: Any]
    let result = try #require(answer?["result"] as? [String: Any])
    let tools = try #require(result["tools"] as? [[String: Any]])
    #expect(
      tools.compactMap { $0["name"] as? String } == [
        "render", "diff", "explain", "explain_line", "find_users", "lint", "files_read",
        "describe_rule", "edit",
      ])
    for tool in tools {
      let schema = try #require(tool["inputSchema"] as? [String: Any])
      let properties = try #require(schema["properties"] as? [String: Any])
      #expect(Set(schema["required"] as? [String] ?? []).isSubset(of: properties.keys))
      let hints = try #require(tool["annotations"] as? [String: Any])
      #expect(hints["readOnlyHint"] as? Bool == (tool["name"] as? String != "edit"))
    }
  }

  @Test func secretsAreMasked() throws {
    defer { scratch.remove() }
    let rendered = try call("render", #"{"directory":"base"}"#)
    #expect(rendered.contains("name: a-key"))
    #expect(rendered.contains("password: (secret, 8 bytes)"))
    #expect(!rendered.contains("hunter22"))
  }

  /// A value of a Secret is shown neither by a line of a file, nor by a message about another place.
  @Test func messagesShowNoSecret() throws {
    defer { scratch.remove() }
    try scratch.write(
      "work/key/kustomization.yaml",
      """
      secretGenerator:
      - name: key
        literals: [password=hunter22, "a b=hunter22"]
      resources: [none.yaml]

      """)
    try scratch.write(
      "work/copied/kustomization.yaml",
      """
      resources: [../base]
      replacements:
      - source: {kind: Secret, name: a-key, fieldPath: stringData.password}
        targets:
        - select: {kind: Pod}
          fieldPaths: [spec.priority]
          options: {create: true}
      patches:
      - target: {kind: Pod}
        patch: '- {op: add, path: /spec/priority, value: 1}'

      """)
    try scratch.write(
      "work/wrong/kustomization.yaml", "secretGenerator: [{name: a, literals: [hunter22]}]\nx: y\n")
    let calls = [
      ("render", #"{"directory":"copied"}"#, "cannot read `(secret)` as what its tag says"),
      ("render", #"{"directory":"key"}"#, "none.yaml"),
      ("lint", #"{"directory":"key"}"#, "none.yaml"), ("lint", "{}", "cannot read `(secret)`"),
      ("files_read", "{}", "none.yaml"),
      ("find_users", #"{"directory":"key","object":"a/b"}"#, "none.yaml"),
      ("explain", #"{"directory":"copied","object":"pod/a-web"}"#, "cannot read `(secret)`"),
      ("diff", #"{"directory":"copied","other":"base"}"#, "cannot read `(secret)`"),
      ("edit", #"{"directory":"wrong","words":["set","namespace","b"]}"#, "unknown field"),
      (
        "edit", #"{"directory":"key","words":["set","namespace","b"]}"#,
        #"   literals: [password=(secret)\n"#
      ),
    ]
    for (tool, arguments, words) in calls {
      let answer = try call(tool, arguments)
      #expect(!answer.contains("hunter22"), "\(tool): \(answer)")
      #expect(answer.contains(words), "\(tool): \(answer)")
    }
  }

  /// What was a link out of the workspace at a revision is not rendered for the past either.
  @Test(arguments: ["base", "in/base"])
  func thePastOfTheWorkspaceIsNotLeft(path: String) throws {
    defer { scratch.remove() }
    let repository = TestRepository(url: scratch.url.appending(path: "work"))
    try scratch.write(
      "outside/base/kustomization.yaml", "configMapGenerator: [{name: hunter22}]\n")
    try scratch.write("outside/kustomization.yaml", "configMapGenerator: [{name: hunter22}]\n")
    _ = try scratch.shell(
      path == "base"
        ? "mv work/base work/kept && ln -s ../outside work/base" : "ln -s ../outside work/in")
    try repository.git(["init", "-q", "-b", "main"])
    try repository.git(["add", "-A"])
    try repository.git(["commit", "-q", "-m", "x"])
    _ = try scratch.shell(
      path == "base"
        ? "rm work/base && mv work/kept work/base"
        : "rm work/in && mkdir work/in && cp -r work/base work/in/base")
    let refused = text(
      #"error: \#(path) led out of the workspace at the merge base with main\n"#, isError: true)
    #expect(try call("diff", #"{"base":"main","directory":"\#(path)"}"#) == refused)
    #expect(try call("diff", #"{"base":"main"}"#) == refused)
  }

  /// The command's own flags are not for an assistant, which cannot give any.
  @Test func messagesNameNoFlagsOfTheCommand() throws {
    defer { scratch.remove() }
    for (words, message) in [
      (
        #"["set","imagee","x"]"#,
        #"unknown command \"imagee\" for \"render edit set\"\nDid you mean this?\n  image"#
      ),
      (#"["set","image"]"#, "no image specified"),
      (#"["set","image","a=b","--foo"]"#, "unknown flag: --foo"),
    ] {
      #expect(
        try call("edit", #"{"directory":"base","words":\#(words)}"#)
          == text("Error: \(message)\\n", isError: true))
    }
    #expect(
      try call("describe_rule", #"{"rule":"patch-no-mach"}"#)
        == text(
          #"there is no rule \"patch-no-mach\"; did you mean \"patch-no-match\"?\n"#,
          isError: true))
    #expect(
      try call("describe_rule", #"{"rule":"zzz"}"#)
        == text(#"there is no rule \"zzz\"; findings of lint name theirs\n"#, isError: true))
  }

  @Test func aLineIsANumber() throws {
    defer { scratch.remove() }
    for line in ["3", #""3""#] {
      let reached = try call("explain_line", #"{"file":"base/web.yaml","line":\#(line)}"#)
      #expect(reached.contains("metadata.name"), "\(reached)")
    }
    for line in ["0", "-1", "1.5", #""x""#, "true"] {
      #expect(
        try call("explain_line", #"{"file":"base/web.yaml","line":\#(line)}"#)
          == text(#"the argument \"line\" must be a number, from 1\n"#, isError: true))
    }
  }

  /// A root has one name, as in the findings of all roots.
  @Test func rootsOfFindingsHaveOneName() throws {
    defer { scratch.remove() }
    try scratch.write("work/old/kustomization.yaml", "commonLabels: {a: b}\nimages: [{name: x}]\n")
    for directory in [#"{"directory":"old"}"#, #"{"directory":"./old/"}"#, "{}"] {
      let found = try call("lint", directory)
      #expect(found.contains(#"\"file\": \"old/kustomization.yaml\""#), "\(found)")
      #expect(!found.contains("./old"), "\(found)")
    }
    let twice = try BuiltCommand.run(
      ["lint", "./old", "old", "old/"], in: scratch.url.appending(path: "work"))
    let once = try BuiltCommand.run(["lint", "old"], in: scratch.url.appending(path: "work"))
    #expect(twice.output == once.output)
    #expect(once.output.contains("image-entry-empty"))
  }

  @Test func usersOfAnObjectAreFound() throws {
    defer { scratch.remove() }
    #expect(
      try call("find_users", #"{"directory":"base","object":"secret/a-key"}"#)
        == text(#"v1 Pod a-web: spec.containers[0].envFrom[0].secretRef.name\n"#))
    #expect(
      try call("find_users", #"{"directory":"base","object":"secret/key"}"#)
        == text(#"there is no secret/key; of this kind there are a-key\n"#, isError: true))
  }

  @Test func valuesAreExplained() throws {
    defer { scratch.remove() }
    let explained = try call(
      "explain", #"{"directory":"base","object":"pod/a-web","field":"metadata.name"}"#)
    #expect(explained.contains(#"base/web.yaml:3:18"#))
    #expect(explained.contains(#"base/kustomization.yaml:2:13"#))
    #expect(explained.hasSuffix(#""isError":false}"#))
    #expect(
      try call("explain", #"{"directory":"base","object":"pod/none"}"#)
        == text(
          #"error: there is no pod/none in ./base\n  of this kind there is a-web\n"#, isError: true)
    )
  }

  /// Paths lead nowhere outside, by dots, by links or as absolute ones, and words are no flags.
  @Test(arguments: [
    (#"{"directory":"../outside"}"#, #"directory: \"../outside\" lies outside of the workspace\n"#),
    (#"{"directory":"link"}"#, #"directory: \"link\" lies outside of the workspace\n"#),
    (#"{"directory":"/etc"}"#, #"directory: \"/etc\" lies outside of the workspace\n"#),
    (#"{"directory":"none"}"#, #"directory: there is no \"none\" in the workspace\n"#),
    (#"{"directory":7}"#, #"the argument \"directory\" must be a string\n"#),
    (#"{}"#, #"the argument \"directory\" is missing\n"#),
    (#"{"directory":"base","output":"x"}"#, #"there is no argument \"output\"\n"#),
  ])
  func theWorkspaceIsNotLeft(arguments: String, message: String) throws {
    defer { scratch.remove() }
    _ = try scratch.shell("ln -s ../outside work/link")
    #expect(try call("render", arguments) == text(message, isError: true))
  }

  @Test func wordsAreNoFlags() throws {
    defer { scratch.remove() }
    #expect(
      try call("diff", #"{"base":"--output=x"}"#)
        == text(#"the argument \"base\" cannot be \"--output=x\"\n"#, isError: true))
    let refused = [
      "-C../../outside", "-fC", "--file=x", "--dry-run=false", "--directory", "--", "--enable-helm",
      "--load-restrictor=LoadRestrictionsNone",
    ]
    for word in refused {
      #expect(
        try call("edit", #"{"directory":"base","words":["set","namespace","x","\#(word)"]}"#)
          == text(#"\"words\" cannot have \"\#(word)\"\n"#, isError: true))
    }
    #expect(
      try call("edit", #"{"directory":"base","words":["add","resource","https://example.com/a"]}"#)
        == text(
          #"\"words\" cannot have an address: nothing is fetched here\n"#, isError: true))
    #expect(
      try call("edit", #"{"directory":"base","words":["add","component","git@host:shop.git"]}"#)
        == text(
          #"\"words\" cannot have an address: nothing is fetched here\n"#, isError: true))
    #expect(
      try call("edit", #"{"directory":"base","words":["set"]}"#)
        == text(
          #"behind \"set\" stands what to set, such as \"resource\"\n"#, isError: true))
  }

  @Test func nothingOutsideIsListedOrWritten() throws {
    defer { scratch.remove() }
    try scratch.write("outside/kustomization.yaml", "namePrefix: a-\n")
    try scratch.write("outside/x.yaml", "")
    try scratch.link("work/out", to: "../outside")
    try scratch.link("work/linked/kustomization.yaml", to: "../../outside/kustomization.yaml")
    for path in ["/etc/pas*", "../../outside/*", "../../outside/x.yaml", "../out/x*"] {
      #expect(
        try call("edit", #"{"directory":"base","words":["add","resource","\#(path)"]}"#)
          == text(#"\"\#(path)\" lies outside of the workspace\n"#, isError: true))
    }
    #expect(
      try call(
        "edit", #"{"directory":"base","words":["add","configmap","a","--from-file=k=/etc/hosts"]}"#)
        == text(#"\"/etc/hosts\" lies outside of the workspace\n"#, isError: true))
    #expect(
      try call("edit", #"{"directory":"base","words":["add","resource","../*/x.yaml"]}"#)
        == text(
          #"a pattern is the last part of a path, and not as in \"../*/x.yaml\"\n"#, isError: true))
    // What is no path may look like one.
    let note = try call(
      "edit", #"{"directory":"base","words":["add","annotation","rewrite:/shop"]}"#)
    #expect(note.contains(#"+  rewrite: /shop\n"#))
    let set = #"{"directory":"linked","words":["set","nameprefix","b-"]"#
    for call in [
      try call("edit", set + "}"), try call("edit", set + #","apply":true}"#, "--allow-edits"),
    ] {
      #expect(call == text(#"kustomization.yaml leads out of the workspace\n"#, isError: true))
    }
    #expect(
      try call(
        "edit", #"{"directory":"base","words":["fix","--vars"],"apply":true}"#, "--allow-edits")
        == text(#"\"--vars\" changes other files: it is not for \"apply\"\n"#, isError: true))
    #expect(scratch.read("outside/kustomization.yaml") == "namePrefix: a-\n")
  }

  @Test func nothingIsWrittenUnlessThatIsAllowed() throws {
    defer { scratch.remove() }
    let before = scratch.read("work/base/kustomization.yaml")
    let edit = #"{"directory":"base","words":["set","nameprefix","b-"]"#
    let proposed = try call("edit", edit + "}")
    #expect(proposed.contains(#"-namePrefix: a-\n+namePrefix: b-\n"#))
    #expect(scratch.read("work/base/kustomization.yaml") == before)
    let refused = try call("edit", edit + #","apply":true}"#)
    #expect(
      refused
        == text(
          #"this server writes nothing: it was started without --allow-edits. Without \"apply\" the change is "#
            + #"returned as a patch\n"#, isError: true))
    #expect(scratch.read("work/base/kustomization.yaml") == before)
    let patch =
      #"--- a/base/kustomization.yaml\n+++ b/base/kustomization.yaml\n@@ -1,2 +1,2 @@\n"#
      + #" resources: [web.yaml, secret.yaml]\n-namePrefix: a-\n+namePrefix: b-\n"#
    #expect(proposed == text(patch))
    #expect(try call("edit", edit + #","apply":true}"#, "--allow-edits") == text(patch))
    #expect(
      try call("edit", edit + #","apply":true}"#, "--allow-edits")
        == text(#"nothing changes: the file says so already\n"#))
    #expect(
      scratch.read("work/base/kustomization.yaml")
        == "resources: [web.yaml, secret.yaml]\nnamePrefix: b-\n")
  }

  /// A call that was cancelled before it began has no answer; the others have theirs.
  @Test func cancelledCallsAreNotAnswered() throws {
    defer { scratch.remove() }
    let all = try answers([
      Self.initialize,
      #"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"files_read","arguments":{}}}"#,
      #"{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":1}}"#,
      #"{"jsonrpc":"2.0","id":2,"method":"ping"}"#,
    ])
    #expect(all.count == 2)
    #expect(all[1] == #"{"jsonrpc":"2.0","id":2,"result":{}}"#)
  }
}
