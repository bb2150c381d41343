import { html, nothing } from 'lit';
import { icon } from './part.js';
import { first } from './read-ahead.js';
import { store, ui } from './tend.js';
import './crash-report.js';

const clock = (time) => new Date(time).toTimeString().slice(0, 5);

const AGAIN = 'What you type is kept and sent again.';

function hindered({ status, hindrance, detail }) {
  switch (status) {
    case 408: return `The way to the server is too slow at the moment. ${AGAIN}`;
    case 429: return `The server has too many requests at the moment. ${AGAIN}`;
    case 504: return 'It is not known yet whether the last change was made. It is asked again, and made once. What you type is kept.';
    default: {
      const restarts = hindrance === 'restarting' || (!hindrance && status === 503);
      return detail && !restarts ? `${detail} ${AGAIN}` : 'This list is restarting. What you type is kept and sent when it is back.';
    }
  }
}

const line = (words, more) => html`<div class="wait" role="status">${icon('refresh-cw')}<span>${words}</span>${more ?? nothing}</div>`;

/** How a list is, where it is not well. */
export function stateOf(list) {
  if (list?.phase === 'hindered') {
    return line(hindered(list.problem),
      list.loaded ? html`<span class="as-of">as of revision ${list.revision}</span>` : nothing);
  }
  if (list?.phase === 'resting') {
    return html`${line(
      `This list keeps failing and rests until ${clock(list.until)}. What was saved is safe.`,
      html`<span class="ways">
        <button class="plain" @click=${() => (store.outbox.flush(), list.read(store))}>Try now</button>
        <button class="plain" aria-expanded=${ui.whyOpen ? 'true' : 'false'} @click=${() => ui.set({ whyOpen: !ui.whyOpen })}>Show why</button>
      </span>`,
    )}${ui.whyOpen ? html`<crash-report .list=${list}></crash-report>` : nothing}`;
  }
  return list ? nothing : missing();
}

/** Where all lists are seen together: those that are not among them. */
function missing() {
  const lists = first();
  const all = store.shownLists().length;
  const away = lists.filter(({ loaded, phase }) => !loaded && ['hindered', 'resting'].includes(phase));
  return html`
    ${away.length ? line(`Not here, for it cannot be read now: ${away.map(({ id }) => store.nameOf(id)).join(', ')}.`) : nothing}
    ${all > lists.length ? html`<p class="more-lists">Of ${all} lists only ${lists.length} are seen together here. Open the others to see theirs.</p>` : nothing}`;
}

function showAll() {
  ui.set({ query: '' });
  document.querySelector('.menu').focus();
}

/** How much of what is shown a search has found; where its field is in a sheet, nothing else tells that there is one. */
export function found(groups) {
  const query = ui.query.trim();
  if (!query) return nothing;
  const many = groups.reduce((sum, { entries }) => sum + entries.length, 0);
  return html`${many || 'Nothing'} here ${many > 1 ? 'have' : 'has'} “${query}” in ${many > 1 ? 'them' : 'it'}.
    <button class="plain" @click=${showAll}>Show all</button>`;
}
