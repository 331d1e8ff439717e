'use strict';
// The part of the module `vscode` that the extension uses, without an editor. What is not here throws when it is used,
// so that the extension cannot come to use more without a test.

const fs = require('node:fs');
const path = require('node:path');
const { EventEmitter: Node } = require('node:events');
const { fileURLToPath, pathToFileURL } = require('node:url');

/** Throws where something is asked for that is not there. */
function strict(name, value) {
  return new Proxy(value, {
    get(target, key) {
      if (typeof key === 'string' && !(key in target)) {
        throw new Error(`the stand-in has no ${name}.${key}`);
      }
      return target[key];
    },
  });
}

class Disposable {
  constructor(dispose) {
    this.dispose = dispose;
  }
  static from(...all) {
    return new Disposable(() => all.forEach((one) => one.dispose()));
  }
}

class EventEmitter {
  constructor() {
    this.node = new Node();
    this.event = (listener) => {
      this.node.on('event', listener);
      return new Disposable(() => this.node.off('event', listener));
    };
  }
  fire(value) {
    this.node.emit('event', value);
  }
  dispose() {
    this.node.removeAllListeners();
  }
}

class CancellationTokenSource {
  constructor() {
    this.emitter = new EventEmitter();
    this.token = { isCancellationRequested: false, onCancellationRequested: this.emitter.event };
  }
  cancel() {
    this.token.isCancellationRequested = true;
    this.emitter.fire();
  }
}

class Uri {
  constructor(scheme, uriPath, query = '') {
    Object.assign(this, { scheme, path: uriPath, query });
  }
  static file(file) {
    return new Uri('file', file);
  }
  static from({ scheme, path: uriPath, query }) {
    return new Uri(scheme, uriPath, query);
  }
  static parse(text) {
    if (text.startsWith('file:')) return Uri.file(fileURLToPath(text));
    const [, scheme, uriPath, query] = /^(\w+):([^?]*)\??(.*)$/.exec(text);
    return new Uri(scheme, decodeURIComponent(uriPath), decodeURIComponent(query));
  }
  get fsPath() {
    return this.path;
  }
  toString() {
    // As the editor does, which encodes more than Node.
    const encoded = pathToFileURL(this.path).href.slice('file://'.length).replace(/:/g, '%3A');
    const query = this.query ? `?${encodeURIComponent(this.query)}` : '';
    return this.scheme === 'file' ? `file://${encoded}` : `${this.scheme}:${encoded}${query}`;
  }
}

class Position {
  constructor(line, character) {
    Object.assign(this, { line, character });
  }
  isEqual(other) {
    return this.line === other.line && this.character === other.character;
  }
}

class Range {
  constructor(start, end) {
    if (!(start instanceof Position && end instanceof Position)) throw new Error('no positions');
    Object.assign(this, { start, end });
  }
  isEqual(other) {
    return this.start.isEqual(other.start) && this.end.isEqual(other.end);
  }
}

/** A type that only keeps what it is given, under these names. */
const record = (...names) =>
  class {
    constructor(...values) {
      names.forEach((name, index) => (this[name] = values[index]));
    }
  };

class WorkspaceEdit {
  constructor() {
    this.edits = [];
  }
  replace(uri, range, text) {
    this.edits.push({ uri, range, text });
  }
}

class CodeActionKind {
  constructor(value) {
    this.value = value;
  }
  append(part) {
    return new CodeActionKind(this.value ? `${this.value}.${part}` : part);
  }
}
CodeActionKind.Empty = new CodeActionKind('');

class TextDocument {
  constructor(uri, languageId, text) {
    Object.assign(this, { uri, languageId, text, version: 1 });
  }
  getText() {
    return this.text;
  }
  offsetAt({ line, character }) {
    const lines = this.text.split('\n');
    return lines.slice(0, line).reduce((sum, each) => sum + each.length + 1, 0) + character;
  }
}

/** An editor with a folder, and what a test does to it and sees of it. */
class Editor {
  constructor(manifest, folder, { isTrusted = true, settings = {} } = {}) {
    this.settings = { ...settings };
    for (const [name, { default: value }] of Object.entries(
      manifest.contributes.configuration.properties
    )) {
      this.settings[name.replace(/^lamina\./, '')] ??= value;
    }
    this.documents = [];
    this.diagnostics = new Map();
    this.providers = new Map();
    this.commands = new Map();
    this.watchers = [];
    this.messages = [];
    this.shown = [];
    this.log = [];
    this.status = {};
    this.contentProvider = undefined;
    this.activeTextEditor = undefined;
    this.events = Object.fromEntries(
      ['open', 'change', 'save', 'close', 'folders', 'trust', 'settings'].map((name) => [
        name,
        new EventEmitter(),
      ])
    );
    this.folders = [{ uri: Uri.file(folder), name: path.basename(folder), index: 0 }];
    this.isTrusted = isTrusted;
    this.module = this.makeModule();
  }

  // MARK: what a test does

  /** Opens a file with the text that it has or is given. */
  open(file, text = fs.readFileSync(file, 'utf8')) {
    const languageId = { '.json': 'json', '.yaml': 'yaml', '': 'yaml' }[path.extname(file)];
    const document = new TextDocument(Uri.file(file), languageId ?? 'plaintext', text);
    this.documents.push(document);
    this.events.open.fire(document);
    return document;
  }

  /** Types over what is between two places, each a line and a character counted from 0. */
  type(document, from, to, text) {
    const range = new Range(new Position(...from), new Position(...to));
    const [start, end] = [document.offsetAt(range.start), document.offsetAt(range.end)];
    document.text = document.text.slice(0, start) + text + document.text.slice(end);
    document.version += 1;
    this.events.change.fire({ document, contentChanges: [{ range, text }] });
  }

  /** What the editor asks a provider, by the name of the function that registers it. */
  ask(feature, method, ...words) {
    const provider = this.providers.get(feature);
    if (!provider) throw new Error(`nothing provides ${feature}`);
    return provider[method](...words, new CancellationTokenSource().token);
  }

  setting(name, value) {
    this.settings[name] = value;
    const affectsConfiguration = (section) => `lamina.${name}`.startsWith(section);
    this.events.settings.fire({ affectsConfiguration });
  }

  trust() {
    this.isTrusted = true;
    this.events.trust.fire();
  }

  told(file) {
    return this.diagnostics.get(Uri.file(file).toString()) ?? [];
  }

  // MARK: what the extension sees

  makeModule() {
    const editor = this;
    const { events } = this;
    const say = (kind) => async (text) => {
      editor.messages.push(`${kind}: ${text}`);
    };
    const provide = (name) => (...words) => {
      const provider = words.find((word) => typeof word === 'object' && !Array.isArray(word));
      editor.providers.set(name, provider);
      return new Disposable(() => editor.providers.delete(name));
    };
    const features = [
      'CodeActions',
      'CodeLens',
      'CompletionItem',
      'Definition',
      'DocumentLink',
      'DocumentSymbol',
      'Hover',
      'InlayHints',
      'Reference',
      'Rename',
      'WorkspaceSymbol',
    ];
    const workspace = {
      textDocuments: this.documents,
      workspaceFolders: this.folders,
      onDidOpenTextDocument: events.open.event,
      onDidChangeTextDocument: events.change.event,
      onDidSaveTextDocument: events.save.event,
      onDidCloseTextDocument: events.close.event,
      onDidChangeWorkspaceFolders: events.folders.event,
      onDidGrantWorkspaceTrust: events.trust.event,
      onDidChangeConfiguration: events.settings.event,
      getConfiguration: () => ({ get: (name) => editor.settings[name] }),
      findFiles: async (pattern) => {
        const names = /{(.*)}/.exec(pattern)[1].split(',');
        const files = fs.readdirSync(editor.folders[0].uri.fsPath, { recursive: true });
        return files.filter((file) => names.includes(path.basename(file)));
      },
      createFileSystemWatcher(pattern) {
        const watcher = { pattern };
        for (const kind of ['Create', 'Change', 'Delete']) {
          const emitter = new EventEmitter();
          watcher[`fire${kind}`] = (file) => emitter.fire(Uri.file(file));
          watcher[`onDid${kind}`] = emitter.event;
        }
        editor.watchers.push(watcher);
        watcher.dispose = () => editor.watchers.splice(editor.watchers.indexOf(watcher), 1);
        return watcher;
      },
      registerTextDocumentContentProvider(scheme, provider) {
        editor.contentProvider = provider;
        return new Disposable(() => (editor.contentProvider = undefined));
      },
    };
    Object.defineProperty(workspace, 'isTrusted', { get: () => editor.isTrusted });
    const window = {
      createOutputChannel: () => ({
        appendLine: (line) => editor.log.push(line),
        show() {},
        dispose() {},
      }),
      showErrorMessage: say('error'),
      showWarningMessage: say('warning'),
      showInformationMessage: say('information'),
      async showTextDocument(uri) {
        const token = new CancellationTokenSource().token;
        const text = await editor.contentProvider.provideTextDocumentContent(uri, token);
        editor.documents.push(new TextDocument(uri, 'yaml', text));
        editor.shown.push({ uri: uri.toString(), text });
      },
    };
    Object.defineProperty(window, 'activeTextEditor', { get: () => editor.activeTextEditor });
    return strict('vscode', {
      version: '1.75.0',
      env: strict('env', { appName: 'Stand-in' }),
      workspace: strict('workspace', workspace),
      window: strict('window', window),
      commands: strict('commands', {
        registerCommand(name, run) {
          if (editor.commands.has(name)) throw new Error(`${name} is there already`);
          editor.commands.set(name, run);
          return new Disposable(() => editor.commands.delete(name));
        },
        executeCommand: (name, ...words) => editor.commands.get(name)(...words),
      }),
      languages: strict('languages', {
        match: (selector, { uri, languageId }) =>
          selector.some((one) => one.scheme === uri.scheme && one.language === languageId) ? 10 : 0,
        createDiagnosticCollection: () => ({
          set: (uri, all) => editor.diagnostics.set(uri.toString(), all),
          dispose: () => editor.diagnostics.clear(),
        }),
        createLanguageStatusItem: () => Object.assign(editor.status, { dispose() {} }),
        ...Object.fromEntries(
          features.map((name) => [`register${name}Provider`, provide(name)])
        ),
      }),
      CancellationTokenSource,
      CodeAction: record('title', 'kind'),
      CodeActionKind,
      CodeLens: record('range', 'command'),
      CompletionItem: record('label', 'kind'),
      CompletionList: record('items', 'isIncomplete'),
      Diagnostic: record('range', 'message', 'severity'),
      DiagnosticRelatedInformation: record('location', 'message'),
      DiagnosticSeverity: strict('severities', { Error: 0, Warning: 1, Information: 2, Hint: 3 }),
      DiagnosticTag: strict('tags', { Unnecessary: 1, Deprecated: 2 }),
      Disposable,
      DocumentLink: record('range', 'target'),
      DocumentSymbol: record('name', 'detail', 'kind', 'range', 'selectionRange'),
      EventEmitter,
      Hover: record('contents', 'range'),
      InlayHint: record('position', 'label'),
      LanguageStatusSeverity: strict('severities', { Information: 0, Warning: 1, Error: 2 }),
      Location: record('uri', 'range'),
      MarkdownString: record('value'),
      Position,
      Range,
      SymbolInformation: record('name', 'kind', 'containerName', 'location'),
      Uri,
      ViewColumn: strict('columns', { Beside: -2 }),
      WorkspaceEdit,
    });
  }
}

module.exports = { CancellationTokenSource, Editor, Position };
