'use strict';
const vscode = require('vscode');
const { fromURI } = require('./conversion');

const CREATED = 1;
const CHANGED = 2;
const DELETED = 3;

/** A checkout changes thousands of files, which are told at once. */
const DELAY = 50;

/** The files of the disk that the server wants to be told of. */
class WatchedFiles {
  constructor(tell) {
    this.tell = tell;
    this.watchers = new Map();
    this.changes = [];
  }

  register(registrations) {
    for (const { id, method, registerOptions } of registrations) {
      if (method !== 'workspace/didChangeWatchedFiles') continue;
      const watchers = registerOptions.watchers.map(({ globPattern }) => this.watch(globPattern));
      this.watchers.set(id, watchers);
    }
    return null;
  }

  unregister(registrations) {
    for (const { id } of registrations) {
      this.watchers.get(id)?.forEach((watcher) => watcher.dispose());
      this.watchers.delete(id);
    }
    return null;
  }

  watch(pattern) {
    const watcher = vscode.workspace.createFileSystemWatcher(pattern);
    watcher.onDidCreate((uri) => this.note(uri, CREATED));
    watcher.onDidChange((uri) => this.note(uri, CHANGED));
    watcher.onDidDelete((uri) => this.note(uri, DELETED));
    return watcher;
  }

  note(uri, type) {
    this.changes.push({ uri: fromURI(uri), type });
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      this.tell(this.changes.splice(0));
    }, DELAY);
  }

  dispose() {
    clearTimeout(this.timer);
    this.unregister([...this.watchers.keys()].map((id) => ({ id })));
  }
}

module.exports = { WatchedFiles };
