import { html, nothing } from 'lit';
import { ask, STATUS, Unreachable } from './api.js';
import { Part } from './part.js';

const AGAIN = 2_000;

/** Why a list failed last: in a sentence, and the report of the crash while the server has it. */
class CrashReport extends Part {
  static properties = { list: { attribute: false }, said: { state: true } };

  willUpdate(changed) {
    if (!changed.has('list')) return;
    this.said = undefined;
    this.#read(this.list);
  }

  async #read(list) {
    const said = await this.#ask(list.id);
    if (list !== this.list) return;
    this.said = said;
    if (said.again) setTimeout(() => this.isConnected && list === this.list && this.#read(list), said.again);
  }

  /** Its last exit, if the server still knows it; or when to ask again. */
  async #ask(id) {
    try {
      const tree = await ask('GET', `${STATUS}?find=${id}`);
      if (!tree.ok) return { again: tree.retryAfter };
      const former = tree.body.found?.find((node) => node.id.endsWith(`/${id}`))?.former;
      if (!former) return {};
      const dead = await ask('GET', `${STATUS}/processes/${former}`);
      if (!dead.ok && dead.status !== 404) return { again: dead.retryAfter };
      return { exit: dead.body.lastExit };
    } catch (failure) {
      if (!(failure instanceof Unreachable)) throw failure;
      return { again: AGAIN };
    }
  }

  #words({ exit, again }) {
    if (again) return 'The server does not say just now how it failed. It is asked again.';
    return exit ? `It ${exit.reason}.` : 'The server does not know any more how it failed.';
  }

  render() {
    const { said } = this;
    if (said === undefined) return nothing;
    const { exit } = said;
    return html`<div class="why" role="status">
      <p>${this.#words(said)}</p>
      ${exit?.report ? html`<pre tabindex="0" role="region" aria-label="Crash report">${exit.report}</pre>` : nothing}
    </div>`;
  }
}

customElements.define('crash-report', CrashReport);
