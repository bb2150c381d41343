import { html } from 'lit';
import { KEYS } from './keyboard.js';
import { Sheet } from './sheet.js';

const NAMES = { ' ': 'Space', ArrowDown: '↓', ArrowUp: '↑', Delete: 'Del', Backspace: '⌫', Escape: 'Esc' };

/** All the keys. */
class HelpSheet extends Sheet {
  title = 'Keys';

  body() {
    return html`<dl class="keys">${KEYS.map(([keys, words]) => html`<div>
      <dt>${keys.map((key) => html`<kbd>${NAMES[key] ?? key}</kbd>`)}</dt><dd>${words}</dd></div>`)}</dl>`;
  }
}

customElements.define('help-sheet', HelpSheet);
