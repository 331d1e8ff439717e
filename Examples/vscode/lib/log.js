'use strict';
const vscode = require('vscode');

const ERROR = 1;
const WARNING = 2;

/** What is said to the user: in a channel of the output, or where they cannot overlook it. */
class Log {
  constructor() {
    this.channel = vscode.window.createOutputChannel('Lamina');
  }

  say(text) {
    this.channel.appendLine(text);
  }

  /** A message of the server, with the protocol's number for how bad it is. */
  show(type, text) {
    const message = `Lamina: ${text}`;
    if (type === ERROR) vscode.window.showErrorMessage(message);
    else if (type === WARNING) vscode.window.showWarningMessage(message);
    else vscode.window.showInformationMessage(message);
  }

  trace(direction, message) {
    const level = vscode.workspace.getConfiguration('lamina').get('trace.server');
    if (level === 'verbose') this.say(`${direction} ${JSON.stringify(message)}`);
    if (level === 'messages') this.say(`${direction} ${message.method ?? `answer to ${message.id}`}`);
  }

  dispose() {
    this.channel.dispose();
  }
}

module.exports = { Log };
