import { html, nothing } from 'lit';
import { ask, STATUS } from './api.js';
import { Part } from './part.js';

/** Why a list failed last: in a sentence, and the report of the crash while the server has it. */
class CrashReport extends Part {
  static properties = { list: { attribute: false }, exit: { state: true } };

  connectedCallback() {
    super.connectedCallback();
    this.#read().then((exit) => (this.exit = exit ?? null), () => (this.exit = null));
  }

  async #read() {
    const { id } = this.list;
    const { body } = await ask('GET', `${STATUS}?find=${id}`);
    const former = body?.found?.find((node) => node.id.endsWith(`/${id}`))?.former;
    if (!former) return null;
    const dead = await ask('GET', `${STATUS}/processes/${former}`);
    return dead.ok ? dead.body.lastExit : null;
  }

  render() {
    const { exit } = this;
    if (exit === undefined) return nothing;
    return html`<div class="why" role="status">
      <p>${exit ? `It ${exit.reason}.` : 'The server does not know any more how it failed.'}</p>
      ${exit?.report ? html`<pre tabindex="0" role="region" aria-label="Crash report">${exit.report}</pre>` : nothing}
    </div>`;
  }
}

customElements.define('crash-report', CrashReport);
