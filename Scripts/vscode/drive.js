'use strict';
// Does to the extension what an editor does, against a real server, and prints what a user would see.
//
//     node drive.js EXTENSION RENDER WORKSPACE SCRATCH

const assert = require('node:assert');
const fs = require('node:fs');
const Module = require('node:module');
const path = require('node:path');
const { PassThrough } = require('node:stream');
const { CancellationTokenSource, Editor, Position } = require('./standin');

const [extension, render, workspace, scratch] = process.argv.slice(2).map((word) => path.resolve(word));
const LIMIT = 30_000;

const manifest = require(`${extension}/package.json`);
const newEditor = (...words) => new Editor(manifest, ...words);

const say = (name, value) =>
  console.log(`${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`);
const inFolder = (uri) => path.relative(workspace, uri.path);
const place = ({ uri, range }) => `${inFolder(uri)}:${span(range)}`;
const span = ({ start, end }) =>
  `${start.line + 1}:${start.character + 1}-${end.line + 1}:${end.character + 1}`;
const pause = (time) => new Promise((resolve) => setTimeout(resolve, time));

async function wait(what, done) {
  const end = Date.now() + LIMIT;
  for (;;) {
    const value = await done();
    if (value) return value;
    if (Date.now() > end) throw new Error(`${what} does not come`);
    await pause(20);
  }
}

/** Loads the extension afresh into an editor. */
function load(editor) {
  const original = Module._load;
  Module._load = (name, ...rest) => (name === 'vscode' ? editor.module : original(name, ...rest));
  for (const file of Object.keys(require.cache)) {
    if (file.startsWith(extension)) delete require.cache[file];
  }
  try {
    return require(extension);
  } finally {
    Module._load = original;
  }
}

/** A program that notes that it was started, with its process id, and becomes another one. */
function program(name, lines) {
  const file = path.join(scratch, name);
  const note = `echo $$ >>'${file}.started'\n`;
  fs.writeFileSync(file, `#!/bin/sh\n${note}${lines}\n`, { mode: 0o755 });
  const started = () => {
    const noted = fs.existsSync(`${file}.started`) ? fs.readFileSync(`${file}.started`, 'utf8') : '';
    return noted.split('\n').filter(Boolean).map(Number);
  };
  return { file, started };
}

const isAlive = (pid) => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

async function started(editor) {
  const { activate, deactivate } = load(editor);
  const context = { subscriptions: [] };
  await activate(context);
  const stop = async () => {
    await deactivate();
    context.subscriptions.forEach((each) => each.dispose());
  };
  return stop;
}

/** Waits until a server has been started so often in all. */
const runs = (editor, count = 1) =>
  wait('the server', () => {
    const all = editor.log.filter((line) => line.startsWith('started '));
    return all.length === count && editor.providers.size > 0;
  });

// MARK: the protocol's frames

async function frames() {
  const { Connection } = load(newEditor(workspace)) && require(`${extension}/lib/connection`);
  const [input, output] = [new PassThrough(), new PassThrough()];
  const told = [];
  const connection = new Connection(input, output, {
    request: (method) => {
      if (method === 'known') return { é: 1 };
      throw Object.assign(new Error('no'), { code: -32601 });
    },
    notification: (method, params) => told.push([method, params]),
    trace() {},
    garbled: (error) => told.push(error.message),
  });
  const source = new CancellationTokenSource();
  const answer = connection.request('ask', { name: '😀' }, source.token);
  source.cancel();
  // A byte at a time, so that no piece holds a whole character.
  const text = (body) => {
    const bytes = Buffer.from(JSON.stringify(body));
    return Buffer.concat([Buffer.from(`Content-Length: ${bytes.length}\r\n\r\n`), bytes]);
  };
  const messages = [
    text({ jsonrpc: '2.0', method: 'note', params: { name: 'größer 😀' } }),
    text({ jsonrpc: '2.0', id: 's1', method: 'known' }),
    text({ jsonrpc: '2.0', id: 's2', method: 'unknown' }),
    text({ jsonrpc: '2.0', id: 1, error: { code: -32800, message: 'cancelled' } }),
  ];
  for (const byte of Buffer.concat(messages)) input.write(Buffer.of(byte));
  say('cancelled', await answer);
  await wait('an answer', () => output.readableLength > 290);
  assert.deepStrictEqual(
    output.read().toString(),
    'Content-Length: 64\r\n\r\n{"jsonrpc":"2.0","id":1,"method":"ask","params":{"name":"😀"}}' +
      'Content-Length: 62\r\n\r\n{"jsonrpc":"2.0","method":"$/cancelRequest","params":{"id":1}}' +
      'Content-Length: 45\r\n\r\n{"jsonrpc":"2.0","id":"s1","result":{"é":1}}' +
      'Content-Length: 66\r\n\r\n{"jsonrpc":"2.0","id":"s2","error":{"code":-32601,"message":"no"}}'
  );
  const refused = connection.request('late').catch((error) => error.message);
  input.write('usage: render DIR\r\n\r\n');
  say('refused', await refused);
  say('told', told);
}

// MARK: an editor at work

async function atWork() {
  const server = program('server', `exec '${render}' "$@"`);
  const editor = newEditor(workspace, { settings: { 'server.path': server.file } });
  const overlay = path.join(workspace, 'overlays/test/kustomization.yaml');
  const base = path.join(workspace, 'base/kustomization.yaml');
  const manifest = path.join(workspace, 'base/deployment.yaml');
  const file = editor.open(overlay);
  const stop = await started(editor);
  await runs(editor);
  say('status', editor.status.text.replace(/[\d.]+/, 'VERSION'));
  say('provided', [...editor.providers.keys()].sort());
  say('commands', [...editor.commands.keys()].filter((name) => /^lamina|show$/.test(name)).sort());
  await wait('the watcher', () => editor.watchers.length);
  say('watched', editor.watchers.map(({ pattern }) => pattern));

  // Nothing is saved.
  editor.type(file, [1, 0], [1, 10], 'namePrefx');
  const [wrong] = await wait('the error', () => editor.told(overlay).length && editor.told(overlay));
  say('message', `${span(wrong.range)} ${wrong.severity} ${wrong.code} ${wrong.message}`);
  const range = wrong.range;
  const context = { diagnostics: editor.told(overlay) };
  const [action] = await editor.ask('CodeActions', 'provideCodeActions', file, range, context);
  say('fix', `${action.title} (${action.kind.value}, of ${action.diagnostics.length})`);
  const [edit] = action.edit.edits;
  const ends = [edit.range.start, edit.range.end].map(({ line, character }) => [line, character]);
  editor.type(file, ...ends, edit.text);
  await wait('the end of the error', () => editor.told(overlay).length === 0);
  say('fixed', file.text.split('\n')[1]);

  const at = (feature, method, document, line, character, ...more) =>
    editor.ask(feature, method, document, new Position(line, character), ...more);
  const hover = await at('Hover', 'provideHover', file, 1, 3);
  say('hover', `${span(hover.range)} ${hover.contents.value.split('\n')[0]}`);
  const [definition] = await at('Definition', 'provideDefinition', file, 0, 15);
  say('definition', place(definition));
  const baseFile = editor.open(base);
  const whole = { includeDeclaration: true };
  const users = await at('Reference', 'provideReferences', baseFile, 4, 10, whole);
  say('references', users.map(place));
  const links = await editor.ask('DocumentLink', 'provideDocumentLinks', baseFile);
  say('links', links.map((link) => `${span(link.range)} ${inFolder(link.target)}`));
  const symbols = await editor.ask('DocumentSymbol', 'provideDocumentSymbols', baseFile);
  say('symbols', symbols.map(({ name, kind }) => `${name} ${kind}`));
  const found = await editor.ask('WorkspaceSymbol', 'provideWorkspaceSymbols', 'deployment');
  say('workspace', found.map(({ name, location }) => `${name} ${place(location)}`));
  const hints = await editor.ask('InlayHints', 'provideInlayHints', baseFile, {
    start: new Position(0, 0),
    end: new Position(99, 0),
  });
  say('hints', hints.map(({ position, label }) => `${position.line + 1} ${label}`));

  editor.type(file, [2, 0], [2, 0], 'namesp\n');
  const list = await at('CompletionItem', 'provideCompletionItems', file, 2, 6);
  const item = list.items.find(({ label }) => label === 'namespace');
  say('completion', `${span(item.range)} ${item.kind} "${item.insertText}" ${item.documentation}`);
  editor.type(file, [2, 0], [3, 0], '');

  const name = await at('Rename', 'prepareRename', file, 7, 9);
  say('renames', span(name));
  const renamed = await at('Rename', 'provideRenameEdits', file, 7, 9, 'shop');
  say('renamed', renamed.edits.map((each) => `${place(each)} ${each.text}`));
  await at('Rename', 'prepareRename', file, 1, 1).catch((error) => say('no name', error.message));
  say('nothing', (await at('Hover', 'provideHover', editor.open(path.join(workspace, 'no.yaml'), ''), 0, 0)) ?? 'null');

  const [lens] = await editor.ask('CodeLens', 'provideCodeLenses', file);
  say('lens', lens.command.title);
  await editor.module.commands.executeCommand(lens.command.command, ...lens.command.arguments);
  // The server may ask for it after it has answered.
  const rendering = await wait('the rendering', () => editor.shown.at(-1));
  say('rendering', `${rendering.uri.replace(workspace, '')} ${rendering.text.split('\n').slice(0, 2).join(', ')}`);
  let refreshed;
  editor.contentProvider.onDidChange((uri) => (refreshed = uri.toString()));
  editor.type(file, [1, 12], [1, 12], 'a');
  await wait('another rendering', () => refreshed);
  say('refreshed', refreshed.replace(workspace, ''));
  editor.type(file, [1, 12], [1, 13], '');
  editor.activeTextEditor = { document: editor.documents.find(({ uri }) => uri.path === base) };
  await editor.module.commands.executeCommand('lamina.showRendering');
  const another = await wait('the rendering', () => editor.shown[1]);
  say('of a file', another.text.split('\n').slice(0, 2).join(', '));
  editor.type(file, [1, 12], [1, 16], 'prod');
  editor.activeTextEditor = { document: file };
  await editor.module.commands.executeCommand('lamina.showChanges');
  const changes = await wait('the changes', () => editor.shown[2]);
  const lines = changes.text.split('\n').filter((line) => /^[-+]  name: /.test(line));
  say('changes', `${changes.uri.replace(workspace, '')} ${lines.slice(0, 2).join(', ')}`);
  editor.type(file, [1, 12], [1, 16], 'test');

  // Another program changes a file that is not open.
  const before = fs.readFileSync(manifest, 'utf8');
  fs.writeFileSync(manifest, 'kind: [\n');
  editor.watchers[0].fireChange(manifest);
  const [broken] = await wait('the error', () => editor.told(manifest).length && editor.told(manifest));
  say('on the disk', broken.message);
  fs.writeFileSync(manifest, before);
  editor.watchers[0].fireChange(manifest);
  await wait('the end of the error', () => editor.told(manifest).length === 0);

  // Another folder is opened, with a patch that is JSON, and closed again.
  const other = path.join(scratch, 'more');
  fs.mkdirSync(other);
  const patch = path.join(other, 'patch.json');
  fs.writeFileSync(path.join(other, 'kustomization.yaml'), 'resources: [a.yaml]\npatches: [{path: patch.json}]\n');
  fs.writeFileSync(path.join(other, 'a.yaml'), 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n');
  fs.writeFileSync(patch, '{"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "a"}}\n');
  const added = { uri: editor.module.Uri.file(other), name: 'more', index: 1 };
  editor.events.folders.fire({ added: [added], removed: [] });
  const json = editor.open(patch);
  const letter = json.text.indexOf('"a"') + 1;
  editor.type(json, [0, letter], [0, letter + 1], 'b');
  const [lost] = await wait('the error', () => editor.told(patch).length && editor.told(patch));
  say('JSON', lost.message);
  editor.type(json, [0, letter], [0, letter + 1], 'a');
  await wait('the end of the error', () => editor.told(patch).length === 0);
  editor.events.folders.fire({ added: [], removed: [added] });

  // What is not saved is told to the next server as well.
  editor.type(file, [1, 0], [1, 10], 'namePrefx');
  await wait('the error', () => editor.told(overlay).length);
  const [first] = server.started();
  await editor.module.commands.executeCommand('lamina.restart');
  await wait('the error again', () => editor.told(overlay).length);
  say('restarted', [server.started().length, isAlive(first), editor.told(overlay)[0].code]);
  process.kill(server.started()[1], 'SIGKILL');
  await runs(editor, 3);
  await wait('the error again', () => editor.told(overlay).length);
  say('after a crash', editor.log.filter((line) => line.startsWith('the server has gone')));

  // Flags of the user's.
  editor.setting('trace.server', 'messages');
  editor.setting('server.arguments', ['--no-such-flag']);
  await wait('the message', () => editor.messages.length);
  say('flags', editor.messages.splice(0)[0].replace(server.file, 'PROGRAM'));
  editor.setting('server.arguments', ['--quiet']);
  await runs(editor, 4);
  const sent = editor.log.filter((line) => /^(sent|received) /.test(line));
  say('trace', sent.slice(-20).find((line) => line === 'sent initialized'));
  await stop();
  say('stopped', [server.started().some(isAlive), editor.providers.size, editor.diagnostics.size]);
  say('messages', editor.messages);
}

// MARK: no server

async function notTrusted() {
  const server = program('untrusted', `exec '${render}' "$@"`);
  const settings = { 'server.path': server.file };
  const editor = newEditor(workspace, { isTrusted: false, settings });
  editor.open(path.join(workspace, 'base/kustomization.yaml'));
  const stop = await started(editor);
  await editor.module.commands.executeCommand('lamina.restart');
  editor.setting('server.arguments', ['--quiet']);
  await editor.module.commands.executeCommand('lamina.restart');
  say('not trusted', [server.started().length, editor.status.text]);
  editor.trust();
  await runs(editor);
  say('trusted', server.started().length);
  await stop();
}

async function withoutServer(name, file) {
  const editor = newEditor(workspace, { settings: { 'server.path': file } });
  const stop = await started(editor);
  await wait('the message', () => editor.messages.length);
  editor.open(path.join(workspace, 'base/kustomization.yaml'));
  await editor.module.commands.executeCommand('lamina.restart');
  await wait('the second message', () => editor.messages.length === 2);
  say(name, editor.messages[1].replaceAll(scratch, 'DIR').replaceAll(workspace, 'WORKSPACE'));
  await stop();
}

async function endsAgainAndAgain() {
  const server = program('short', `exec '${render}' "$@"`);
  const editor = newEditor(workspace, { settings: { 'server.path': server.file } });
  const stop = await started(editor);
  for (let count = 1; count <= 4; count += 1) {
    await runs(editor, count);
    process.kill(server.started()[count - 1], 'SIGKILL');
  }
  await wait('the message', () => editor.messages.length);
  say('again and again', editor.messages);
  await stop();
}

/** Folders without kustomizations have no server until one is opened. */
async function ofNoUse() {
  const folder = path.join(scratch, 'other');
  fs.mkdirSync(folder);
  fs.writeFileSync(path.join(folder, 'compose.yaml'), 'services: {}\n');
  const server = program('idle', `exec '${render}' "$@"`);
  const editor = newEditor(folder, { settings: { 'server.path': server.file } });
  editor.open(path.join(folder, 'compose.yaml'));
  const stop = await started(editor);
  editor.setting('server.arguments', ['--quiet']);
  editor.setting('base', 'main');
  await pause(200);
  say('of no use', [server.started().length, editor.status.text ?? '']);
  editor.open(path.join(folder, 'Kustomization'), 'namePrefix: a-\n');
  await runs(editor);
  say('of use', server.started().length);
  editor.setting('server.arguments', []);
  await runs(editor, 2);
  await stop();

  const untrusted = newEditor(folder, { isTrusted: false, settings: { 'server.path': server.file } });
  const stopUntrusted = await started(untrusted);
  untrusted.trust();
  await pause(200);
  say('of no use, trusted', server.started().length - 2);
  await stopUntrusted();
}

async function main() {
  await frames();
  await atWork();
  await notTrusted();
  await withoutServer('absent', 'no-such-program');
  await withoutServer('not executable', path.join(workspace, 'base/app.conf'));
  await withoutServer('another program', program('stranger', 'echo unknown command lsp >&2; exit 1').file);
  await withoutServer('another language', program('usage', "printf 'usage: render\\r\\n\\r\\n'; cat").file);
  await endsAgainAndAgain();
  await ofNoUse();
}

main().then(
  () => process.exit(0),
  (error) => {
    console.error(error);
    process.exit(1);
  }
);
