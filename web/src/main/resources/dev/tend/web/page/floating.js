import { html, nothing } from 'lit';
import { Part } from './part.js';
import { ui } from './tend.js';
import './date-picker.js';
import './list-menu.js';
import './move-menu.js';

const GAP = 4;
const EDGE = 8;

/** The one thing that floats beside what it is about. Focus goes in, and back when it closes. */
class FloatingPlace extends Part {
  #shown = null;
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
      await this.querySelector('date-picker, move-menu, list-menu').updateComplete;
      this.#place(floating.at.getBoundingClientRect());
      this.querySelector('input, [role=menuitem]')?.focus();
    } else {
      const row = before.entry && document.querySelector(`[data-key="${CSS.escape(before.entry.key)}"] button.title`);
      const isBeside = before.at.isConnected && !before.at.matches('.row');
      if (document.activeElement === document.body) (isBeside ? before.at : row)?.focus();
    }
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
