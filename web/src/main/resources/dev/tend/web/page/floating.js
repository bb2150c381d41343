import { html, nothing } from 'lit';
import { Part } from './part.js';
import { nextOf } from './row-focus.js';
import { ui } from './tend.js';
import './date-picker.js';
import './list-menu.js';
import './move-menu.js';

const GAP = 4;
const EDGE = 8;

const keys = () => document.querySelector('list-view')?.walkable().map(({ key }) => key) ?? [];

/**
 * The one thing that floats beside what it is about. Focus goes in, and back when it closes: where that
 * took the entry away, to the next.
 */
class FloatingPlace extends Part {
  #shown = null;
  #walked = [];
  #away = (event) => {
    if (ui.floating && !this.contains(event.target)) ui.set({ floating: null });
  };

  connectedCallback() {
    super.connectedCallback();
    document.addEventListener('pointerdown', this.#away);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    document.removeEventListener('pointerdown', this.#away);
  }

  render() {
    const { floating } = ui;
    if (!floating) return nothing;
    const keys = (event) => {
      event.stopPropagation();
      if (event.key === 'Escape') ui.set({ floating: null });
    };
    return html`<div class="floating" @keydown=${keys}>${this.#content(floating)}</div>`;
  }

  #content({ kind, entry }) {
    switch (kind) {
      case 'date': return html`<date-picker .entry=${entry}></date-picker>`;
      case 'move': return html`<move-menu .entry=${entry}></move-menu>`;
      default: return html`<list-menu></list-menu>`;
    }
  }

  async updated() {
    const { floating } = ui;
    if (floating === this.#shown) return;
    const before = this.#shown;
    this.#shown = floating;
    if (floating) {
      this.#walked = keys();
      await this.querySelector('date-picker, move-menu, list-menu').updateComplete;
      this.#place(floating.at.getBoundingClientRect());
      this.querySelector('input, [role=menuitem]')?.focus();
    } else if (document.activeElement === document.body) {
      if (before.at.isConnected && !before.at.matches('.row')) before.at.focus();
      else if (before.entry) await this.#goOn(before.entry);
    }
  }

  async #goOn({ key }) {
    const view = document.querySelector('list-view');
    await view?.updateComplete;
    const there = new Set(keys());
    const next = there.has(key) ? key : nextOf(key, this.#walked, there);
    if (!next || document.activeElement !== document.body) return;
    ui.set({ selected: next });
    await view.reveal(next);
  }

  #place(at) {
    const box = this.querySelector('.floating');
    const below = at.bottom + GAP + box.offsetHeight < innerHeight - EDGE;
    const top = below ? at.bottom + GAP : Math.max(EDGE, at.top - GAP - box.offsetHeight);
    box.style.top = `${top}px`;
    box.style.left = `${Math.max(EDGE, Math.min(at.right - box.offsetWidth, innerWidth - EDGE - box.offsetWidth))}px`;
  }
}

customElements.define('floating-place', FloatingPlace);
