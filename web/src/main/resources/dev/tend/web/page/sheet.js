import { html } from 'lit';
import { icon, Part } from './part.js';
import { ui } from './tend.js';

/** Something to look at for a moment, over everything else. A sheet has a `title` and a `body()`. */
export class Sheet extends Part {
  #before = null;

  firstUpdated() {
    this.#before = document.activeElement;
    this.querySelector('dialog').showModal();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#before?.focus?.();
  }

  render() {
    const close = () => ui.set({ dialog: null });
    return html`<dialog class="sheet" aria-labelledby="sheet-title" @close=${close}
        @click=${(event) => event.target.localName === 'dialog' && close()}>
      <div class="inner"><header><h2 id="sheet-title">${this.title}</h2>
        <button aria-label="Close" @click=${close}>${icon('x')}</button></header>${this.body()}</div>
    </dialog>`;
  }
}
