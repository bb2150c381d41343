import { LitElement } from 'lit';
import { watch } from './watch.js';

/** A part of the page, drawn anew when anything has changed. It is in the page itself, not in a shadow. */
export class Part extends LitElement {
  #again = () => this.requestUpdate();

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    watch.addEventListener('change', this.#again);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    watch.removeEventListener('change', this.#again);
  }
}
