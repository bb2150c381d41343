import { html, LitElement } from 'lit';
import { store, ui } from './tend.js';

const SPRITE = document.querySelector('meta[name=icons]').content;

export const icon = (name) => html`<svg class="icon" aria-hidden="true"><use href="${SPRITE}#${name}"></use></svg>`;

/** A part of the page, drawn anew when anything has changed. It is in the page itself, not in a shadow. */
export class Part extends LitElement {
  #again = () => this.requestUpdate();

  createRenderRoot() {
    return this;
  }

  /** What to draw it anew for. */
  get sources() {
    return [store, ui];
  }

  connectedCallback() {
    super.connectedCallback();
    this.sources.forEach((source) => source.addEventListener('change', this.#again));
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.sources.forEach((source) => source.removeEventListener('change', this.#again));
  }
}
