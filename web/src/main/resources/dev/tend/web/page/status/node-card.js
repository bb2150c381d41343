import { html, nothing } from 'lit';
import { Part } from './part.js';
import { kill, token } from './token.js';
import { watch } from './watch.js';
import { count, number, span, stateOf, time } from './words.js';

const LIST = /\/([0-9a-f]{32})$/;

/** All that is known of one process. */
class NodeCard extends Part {
  #shown = null;

  render() {
    const { picked, place, card } = watch;
    if (!picked) return nothing;
    const list = LIST.exec(place.id)?.[1];
    return html`<aside class="card" aria-label="${place.name}">
      <header><h2>${place.name}</h2><button class="close" aria-label="Close" @click=${() => watch.pick(null)}>×</button></header>
      <dl>
        ${fact('State', state(place, card))}
        ${place.pid ? fact('Process', `<${place.pid}>`) : nothing}
        ${place.since ? fact('Since', `${time(place.since)} (${span(new Date(watch.status.now) - new Date(place.since))})`) : nothing}
        ${fact('Restarts', place.restarts ? number(place.restarts) : 'none')}
        ${place.mailbox === undefined ? nothing : fact('Mailbox', mailbox(place))}
        ${card ? this.#more(card) : nothing}
      </dl>
      ${list || token ? html`<div class="ways">
        ${list ? html`<a href="/lists/${list}">Open the list</a>` : nothing}
        ${token && place.pid && place.state !== 'gone' ? html`<button class="kill" @click=${() => this.#kill(place)}>Kill</button>` : nothing}
      </div>` : nothing}
      ${card?.lastExit ? exit(card.lastExit) : nothing}
    </aside>`;
  }

  #more({ label, handlingFor, supervision, startedBy, links, allLinks, monitors, allMonitors, monitoredBy }) {
    return html`
      ${label ? fact('Says', label) : nothing}
      ${handlingFor ? fact('At one message', `for ${handlingFor}`) : nothing}
      ${supervision ? fact('Supervises', `${count(supervision.children, 'child', 'children')}, ${supervision.strategy}`) : nothing}
      ${supervision ? fact('Has restarted', `${number(supervision.restarted)}; allowed are ${supervision.maxRestarts} in ${supervision.period}`) : nothing}
      ${startedBy ? fact('Started by', startedBy.name) : nothing}
      ${links?.length ? fact('Linked to', names(links, allLinks)) : nothing}
      ${monitors?.length ? fact('Watches', names(monitors, allMonitors)) : nothing}
      ${monitoredBy?.length ? fact('Watched by', names(monitoredBy, monitoredBy.length)) : nothing}`;
  }

  /** The keyboard that was in it goes back to the tree. */
  updated() {
    const { picked } = watch;
    if (this.#shown && !picked && document.activeElement === document.body) document.querySelector('.node[tabindex="0"]')?.focus();
    this.#shown = picked;
  }

  async #kill({ pid }) {
    try {
      await kill(pid);
    } catch {
      // It may have been the one that answers.
    }
  }
}

const fact = (name, value) => html`<dt>${name}</dt><dd>${value}</dd>`;

function state(place, card) {
  const says = stateOf(place);
  if (says || !card?.doing) return says || place.state;
  return { starting: 'starting', running: 'running, busy', waiting: 'running, waits for a message', hibernating: 'running, hibernates' }[card.doing];
}

function mailbox({ mailbox: waiting, limit }) {
  return `${waiting ? number(waiting) : 'empty'}${limit ? `${waiting ? ' of' : '; at most'} ${number(limit)}` : ''}`;
}

function names(all, total) {
  const said = all.slice(0, 4).map(({ name }) => name);
  return total > said.length ? `${said.join(', ')} and ${number(total - said.length)} more` : said.join(', ');
}

function exit({ at, reason, took, report }) {
  return html`<section><h3>Last exit, ${time(at)}</h3>
    <p>It ${reason}.${took ? ` Back in ${took}.` : ''}</p>
    ${report ? html`<pre tabindex="0" aria-label="Crash report">${report}</pre>` : nothing}</section>`;
}

customElements.define('node-card', NodeCard);
