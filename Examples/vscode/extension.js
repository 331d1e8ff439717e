'use strict';
const os = require('node:os');
const path = require('node:path');
const vscode = require('vscode');
const { Log } = require('./lib/log');
const { registerProviders } = require('./lib/providers');
const { SELECTOR, Session } = require('./lib/session');
const { VirtualDocuments } = require('./lib/virtualDocuments');

/** A server that ends by itself is started again so often within so many milliseconds. */
const MOST_RESTARTS = 3;
const RESTART_WINDOW = 180_000;

const KUSTOMIZATIONS = ['kustomization.yaml', 'kustomization.yml', 'Kustomization', 'lamina.yaml'];

/** Has a server where one is allowed and of use, and one only. */
class Supervisor {
  constructor() {
    this.log = new Log();
    this.virtual = new VirtualDocuments(() => this.session);
    this.status = vscode.languages.createLanguageStatusItem('lamina', SELECTOR);
    this.status.name = 'Lamina';
    this.status.command = { command: 'lamina.restart', title: 'Restart' };
    /** When servers have ended by themselves. */
    this.ends = [];
    this.hasFailed = false;
    // What is done to the server is done one after the other.
    this.last = Promise.resolve();
  }

  start() {
    return this.enqueue(() => this.startNow());
  }

  /** Where there is something to serve. */
  startWhereOfUse() {
    return this.enqueue(async () => {
      if (await isOfUse()) await this.startNow();
    });
  }

  /** Without being asked to; what failed once is not tried again. */
  startForDocument(document) {
    if (isKustomization(document) && !this.hasFailed) this.start();
  }

  restart() {
    return this.enqueue(() => this.restartNow());
  }

  /** After a change of what is run. A window without a server has none afterwards, unless one is of use. */
  restartWhereOfUse() {
    return this.enqueue(async () => {
      if (this.session || (await isOfUse())) await this.restartNow();
    });
  }

  stop() {
    return this.enqueue(() => this.stopNow());
  }

  enqueue(work) {
    this.last = this.last.then(work).catch((error) => this.log.say(error.stack));
    return this.last;
  }

  async startNow() {
    if (this.session) return;
    if (!vscode.workspace.isTrusted) {
      return this.show('Lamina waits for this workspace to be trusted');
    }
    this.show('Lamina starts', { busy: true });
    let session;
    try {
      session = await Session.start(command(), this.virtual, this.log);
    } catch (error) {
      // Nobody waits for what the user answers.
      this.failed(error.message);
      return;
    }
    this.session = session;
    this.providers = registerProviders(session);
    this.show(`Lamina ${session.version ?? ''}`.trim());
    this.log.say(`started ${session.line}`);
    this.virtual.refreshAll();
    session.ended.then((words) => this.ended(session, words));
  }

  async restartNow() {
    this.ends = [];
    this.hasFailed = false;
    await this.stopNow();
    await this.startNow();
  }

  async stopNow() {
    const { session } = this;
    this.forget();
    await session?.stop();
    this.show('Lamina is stopped');
  }

  /** Nothing is asked of a server that has gone. */
  forget() {
    this.session = undefined;
    this.providers?.dispose();
    this.providers = undefined;
  }

  /** A server has ended; words say why unless it was stopped. */
  ended(session, words) {
    if (words === undefined || this.session !== session) return;
    this.forget();
    this.log.say(`the server has gone: ${words}`);
    const now = Date.now();
    this.ends = [...this.ends.filter((time) => now - time < RESTART_WINDOW), now];
    if (this.ends.length <= MOST_RESTARTS) return this.start();
    this.failed(`the server ended ${this.ends.length} times in a short while: ${words}`);
  }

  async failed(words) {
    this.hasFailed = true;
    this.show('Lamina does not run', { isWrong: true });
    this.log.say(words);
    const answers = ['Restart', 'Open Settings', 'Show Log'];
    const answer = await vscode.window.showErrorMessage(`Lamina: ${words}`, ...answers);
    if (answer === 'Restart') this.restart();
    if (answer === 'Show Log') this.log.channel.show();
    if (answer === 'Open Settings') {
      vscode.commands.executeCommand('workbench.action.openSettings', 'lamina.server');
    }
  }

  show(text, { busy = false, isWrong = false } = {}) {
    const { Error, Information } = vscode.LanguageStatusSeverity;
    Object.assign(this.status, { text, busy, severity: isWrong ? Error : Information });
  }

  /** Has the server show a document that is about the file in front. */
  async showDocument(command) {
    const editor = vscode.window.activeTextEditor;
    if (!editor) return;
    if (!this.session) return vscode.window.showErrorMessage('Lamina: the server does not run');
    const uri = editor.document.uri.toString();
    await vscode.commands.executeCommand(command, { uri, open: true });
  }

  dispose() {
    this.log.dispose();
    this.virtual.dispose();
    this.status.dispose();
  }
}

/** What is run, from the settings. */
function command() {
  const settings = vscode.workspace.getConfiguration('lamina');
  const directory = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? os.homedir();
  const program = settings
    .get('server.path')
    .replace(/^~(?=\/)/, os.homedir())
    .replaceAll('${workspaceFolder}', directory);
  return {
    program,
    words: ['lsp', ...settings.get('server.arguments')],
    directory,
    options: { base: settings.get('base') },
  };
}

const isKustomization = ({ uri }) => KUSTOMIZATIONS.includes(path.posix.basename(uri.path));

/** Whether there is anything to serve. Other YAML opens in windows that nobody wants a server in. */
async function isOfUse() {
  if (vscode.workspace.textDocuments.some(isKustomization)) return true;
  const found = await vscode.workspace.findFiles(`**/{${KUSTOMIZATIONS}}`, undefined, 1);
  return found.length > 0;
}

let supervisor;

async function activate(context) {
  supervisor = new Supervisor();
  const { workspace, commands } = vscode;
  context.subscriptions.push(
    supervisor,
    commands.registerCommand('lamina.restart', () => supervisor.restart()),
    commands.registerCommand('lamina.showRendering', () => supervisor.showDocument('render.show')),
    commands.registerCommand('lamina.showChanges', () => supervisor.showDocument('render.diff')),
    commands.registerCommand('lamina.showLog', () => supervisor.log.channel.show()),
    workspace.onDidGrantWorkspaceTrust(() => supervisor.startWhereOfUse()),
    workspace.onDidOpenTextDocument((document) => supervisor.startForDocument(document)),
    workspace.onDidChangeConfiguration((event) => {
      const sections = ['lamina.server', 'lamina.base'];
      if (sections.some((section) => event.affectsConfiguration(section))) {
        supervisor.restartWhereOfUse();
      }
    })
  );
  supervisor.startWhereOfUse();
}

function deactivate() {
  return supervisor?.stop();
}

module.exports = { activate, deactivate };
