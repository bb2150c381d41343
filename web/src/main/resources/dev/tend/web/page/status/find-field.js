import { html, nothing } from 'lit';
import { Part } from './part.js';
import { watch } from './watch.js';
import { stateOf } from './words.js';

const PAUSE = 150;

/** Finds a list or a process, whether it is drawn or not. */
class FindField extends Part {
  /** `{ found, listsToo }` as the server tells it; null while nothing is sought. */
  #found = null;
  #timer = 0;

  connectedCallback() {
    super.connectedCallback();
    addEventListener('keydown', (event) => {
      if (event.key !== '/' || event.target.matches('input')) return;
      event.preventDefault();
      this.querySelector('input').focus();
    });
  }

  render() {
    return html`<search class="find" @keydown=${this.#keys} @focusout=${this.#left}>
      <label><span class="hidden">Find a list or process</span><input type="search" placeholder="Find a list or process" autocomplete="off" @input=${this.#typed}><kbd aria-hidden="true">/</kbd></label>
      <div class="hidden" role="status">${this.#found ? `${this.#found.found.length} found` : ''}</div>
      ${this.#found ? html`<ul class="found">${this.#found.found.map((node) => html`<li><button @click=${() => this.#pick(node)}><span>${node.name}</span><small>${stateOf(node) || (node.kind === 'supervisor' ? 'supervisor' : 'running')}</small></button></li>`)}${this.#none()}</ul>` : nothing}
    </search>`;
  }

  #none() {
    const { found, listsToo } = this.#found;
    if (!listsToo) return html`<li class="none">Lists cannot be sought by name now.</li>`;
    return found.length ? nothing : html`<li class="none">Nothing is called so.</li>`;
  }

  #typed = ({ target: { value } }) => {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(async () => {
      const found = value.trim() ? await watch.find(value).catch(() => null) : null;
      if (this.querySelector('input').value === value) this.#show(found);
    }, PAUSE);
  };

  #keys = (event) => {
    const buttons = [...this.querySelectorAll('.found button')];
    const i = buttons.indexOf(document.activeElement);
    if (event.key === 'Escape') {
      if (!this.#found && !this.querySelector('input').value) return;
      event.stopPropagation();
      this.#clear();
    } else if (event.key === 'ArrowDown') {
      buttons[Math.min(i + 1, buttons.length - 1)]?.focus();
    } else if (event.key === 'ArrowUp') {
      (buttons[i - 1] ?? this.querySelector('input')).focus();
    } else if (event.key === 'Enter' && i < 0) {
      buttons[0]?.click();
    } else {
      return;
    }
    event.preventDefault();
  };

  #left = ({ relatedTarget }) => {
    if (!this.contains(relatedTarget)) this.#show(null);
  };

  #pick(node) {
    watch.pick(node);
    this.#clear();
    this.querySelector('input').focus();
  }

  #clear() {
    this.querySelector('input').value = '';
    this.#show(null);
  }

  #show(found) {
    this.#found = found;
    this.requestUpdate();
  }
}

customElements.define('find-field', FindField);
