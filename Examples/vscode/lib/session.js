'use strict';
const childProcess = require('node:child_process');
const vscode = require('vscode');
const { Connection, METHOD_NOT_FOUND, ResponseError } = require('./connection');
const { WatchedFiles } = require('./watchedFiles');
const { fromPosition, fromRange, fromURI, toDiagnostic, toURI } = require('./conversion');

/** What the server is told of and asked about: YAML, and patches that are JSON. */
const SELECTOR = [
  { scheme: 'file', language: 'yaml' },
  { scheme: 'file', language: 'json' },
];

const CAPABILITIES = {
  general: { positionEncodings: ['utf-16'] },
  window: { showDocument: { support: true } },
  workspace: {
    didChangeWatchedFiles: { dynamicRegistration: true },
    textDocumentContent: {},
    workspaceFolders: true,
  },
  textDocument: {
    codeAction: {
      codeActionLiteralSupport: { codeActionKind: { valueSet: ['quickfix'] } },
      isPreferredSupport: true,
    },
    completion: { completionItem: { documentationFormat: ['markdown', 'plaintext'] } },
    documentSymbol: { hierarchicalDocumentSymbolSupport: true },
    hover: { contentFormat: ['markdown', 'plaintext'] },
    publishDiagnostics: {
      codeDescriptionSupport: true,
      relatedInformation: true,
      tagSupport: { valueSet: [1, 2] },
    },
    rename: { prepareSupport: true },
    synchronization: { didSave: true },
  },
};

/** How long the server may take to answer `initialize`, and to go when it is asked to. */
const START_LIMIT = 30_000;
const STOP_LIMIT = 2_000;

/**
 * One run of the server, from its start to its end.
 *
 * `start` gives a session whose server has answered `initialize`. Then `ended` is settled once, with words for what
 * happened, or with undefined where `stop` was called.
 */
class Session {
  static async start(command, virtual, log) {
    const session = new Session(command, virtual, log);
    try {
      await session.initialize();
    } catch (error) {
      session.dispose();
      throw error;
    }
    return session;
  }

  constructor({ program, words, directory, options }, virtual, log) {
    this.program = program;
    this.line = [program, ...words].join(' ');
    this.options = options;
    this.virtual = virtual;
    this.log = log;
    /** @type {vscode.Disposable[]} */
    this.disposables = [];
    this.isStopping = false;
    this.diagnostics = vscode.languages.createDiagnosticCollection('lamina');
    this.files = new WatchedFiles((changes) =>
      this.notify('workspace/didChangeWatchedFiles', { changes })
    );
    this.disposables.push(this.diagnostics, this.files);
    this.firstWords = '';
    this.startError = undefined;
    this.process = childProcess.spawn(program, words, { cwd: directory, stdio: 'pipe' });
    this.process.stderr.setEncoding('utf8');
    this.process.stderr.on('data', (text) => this.complained(text));
    this.connection = new Connection(this.process.stdout, this.process.stdin, {
      request: (method, params) => this.asked(method, params),
      notification: (method, params) => this.told(method, params),
      trace: (direction, message) => log.trace(direction, message),
      garbled: (error) => this.finish(error.message),
    });
    this.ended = new Promise((resolve) => (this.resolveEnd = resolve));
    this.process.on('error', (error) => this.finish(undefined, error));
    // `close` comes after the last bytes of the standard error.
    this.process.on('close', (status, signal) =>
      this.finish(signal ? `it was ended by ${signal}` : `it ended with status ${status}`)
    );
  }

  // MARK: the beginning

  async initialize() {
    const folders = (vscode.workspace.workspaceFolders ?? []).map(fromFolder);
    const answer = this.connection.request('initialize', {
      processId: process.pid,
      clientInfo: { name: vscode.env.appName, version: vscode.version },
      rootUri: folders[0]?.uri ?? null,
      workspaceFolders: folders,
      capabilities: CAPABILITIES,
      initializationOptions: this.options,
    });
    let timer;
    const limit = new Promise((resolve) => {
      timer = setTimeout(() => resolve({ reason: 'it does not answer' }), START_LIMIT);
    });
    const result = await Promise.race([answer, limit])
      // Why it has gone is known a little later.
      .catch(async (error) => ({
        reason: error instanceof ResponseError ? error.message : await this.ended,
      }))
      .finally(() => clearTimeout(timer));
    if (!result?.capabilities) throw this.startFailure(result?.reason);
    this.capabilities = result.capabilities;
    this.version = result.serverInfo?.version;
    this.notify('initialized', {});
    this.synchronize();
  }

  startFailure(reason = 'it says nothing of what it can do') {
    const { startError, program } = this;
    if (startError?.code === 'ENOENT') {
      return new Error(
        `the program "${program}" was not found. Install Lamina, or set "lamina.server.path" to its path.`
      );
    }
    if (startError) return new Error(`"${program}" cannot be started: ${startError.message}`);
    const said = this.firstWords ? ` and said: ${this.firstWords}` : '';
    return new Error(
      `"${this.line}" is no server: ${reason}${said}. ` +
        'If this is another program of that name, set "lamina.server.path".'
    );
  }

  /** Tells the server of open documents, and of whatever is done to them. */
  synchronize() {
    const { workspace } = vscode;
    workspace.textDocuments.forEach((document) => this.opened(document));
    const isServed = (document) => vscode.languages.match(SELECTOR, document) > 0;
    const identifier = (document) => ({ textDocument: { uri: fromURI(document.uri) } });
    this.disposables.push(
      workspace.onDidOpenTextDocument((document) => this.opened(document)),
      workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        // Events without changes tell of other things, such as a document that is saved.
        if (!isServed(document) || contentChanges.length === 0) return;
        this.notify('textDocument/didChange', {
          textDocument: { uri: fromURI(document.uri), version: document.version },
          contentChanges: contentChanges.map(({ range, text }) => ({
            range: fromRange(range),
            text,
          })),
        });
      }),
      workspace.onDidSaveTextDocument((document) => {
        if (isServed(document)) this.notify('textDocument/didSave', identifier(document));
      }),
      workspace.onDidCloseTextDocument((document) => {
        if (isServed(document)) this.notify('textDocument/didClose', identifier(document));
      }),
      workspace.onDidChangeWorkspaceFolders(({ added, removed }) =>
        this.notify('workspace/didChangeWorkspaceFolders', {
          event: { added: added.map(fromFolder), removed: removed.map(fromFolder) },
        })
      )
    );
  }

  opened(document) {
    if (vscode.languages.match(SELECTOR, document) === 0) return;
    this.notify('textDocument/didOpen', {
      textDocument: {
        uri: fromURI(document.uri),
        languageId: document.languageId,
        version: document.version,
        text: document.getText(),
      },
    });
  }

  // MARK: messages

  notify(method, params) {
    this.connection.notify(method, params);
  }

  request(method, params, token) {
    return this.connection.request(method, params, token);
  }

  /**
   * The answer to a request about a place, or null: what cannot be answered there is nothing that the user has asked
   * for, and goes to the log.
   */
  async ask(method, document, params, token) {
    try {
      const textDocument = { uri: fromURI(document.uri) };
      return await this.request(method, { textDocument, ...params }, token);
    } catch (error) {
      this.log.say(`${method}: ${error.message}`);
      return null;
    }
  }

  askAt(method, document, position, token, params) {
    return this.ask(method, document, { position: fromPosition(position), ...params }, token);
  }

  told(method, params) {
    switch (method) {
      case 'textDocument/publishDiagnostics':
        // Those of an older version of a document are shown as well: they are not sent again if a newer one has
        // the same.
        return this.diagnostics.set(toURI(params.uri), params.diagnostics.map(toDiagnostic));
      case 'window/showMessage':
        return this.log.show(params.type, params.message);
      case 'window/logMessage':
        return this.log.say(params.message);
    }
  }

  async asked(method, params) {
    switch (method) {
      case 'client/registerCapability':
        return this.files.register(params.registrations);
      case 'client/unregisterCapability':
        return this.files.unregister(params.unregisterations);
      case 'workspace/textDocumentContent/refresh':
        return this.virtual.refresh(toURI(params.uri));
      case 'window/showDocument':
        await this.virtual.show(toURI(params.uri), params.takeFocus);
        return { success: true };
      default:
        throw new ResponseError(METHOD_NOT_FOUND, `${method} is not known`);
    }
  }

  complained(text) {
    this.log.say(text.trimEnd());
    this.firstWords ||= text.trim().split('\n')[0];
  }

  // MARK: the end

  /** Asks the server to go, and ends it if it does not. */
  async stop() {
    this.isStopping = true;
    const timer = setTimeout(() => this.process.kill('SIGKILL'), STOP_LIMIT);
    try {
      await this.request('shutdown', {});
      this.notify('exit', {});
      this.process.stdin.end();
    } catch {
      this.process.kill();
    }
    await this.ended;
    clearTimeout(timer);
  }

  finish(words, startError) {
    this.startError ??= startError;
    this.connection.close();
    this.resolveEnd(this.isStopping ? undefined : words ?? startError.message);
    this.dispose();
  }

  /** Leaves nothing behind, whatever state the server is in. */
  dispose() {
    this.process.kill();
    for (const disposable of this.disposables.splice(0)) disposable.dispose();
  }
}

const fromFolder = ({ uri, name }) => ({ uri: fromURI(uri), name });

module.exports = { SELECTOR, Session };
