import { html, nothing } from 'lit';
import { Part } from './part.js';
import { nodes, watch } from './watch.js';
import { count, span, time } from './words.js';
import './figures.js';
import './find-field.js';
import './node-card.js';
import './story-list.js';
import './tree-view.js';

/** The page. */
class StatusApp extends Part {
  connectedCallback() {
    super.connectedCallback();
    watch.begin();
    addEventListener('keydown', ({ key }) => {
      if (key === 'Escape' && watch.picked) watch.pick(null);
    });
  }

  render() {
    const { status, online, picked } = watch;
    return html`
      ${online || !status ? nothing : html`<div class="offline" role="status">What you see is as of ${time(status.now)}. It goes on by itself when the server is back.</div>`}
      <main class="status">
        <header>
          <div><h1>${headline()}</h1><p class="quiet">${subline()}</p></div>
          <find-field></find-field>
          <a href="/">Lists</a>
        </header>
        ${status ? html`
          <status-figures></status-figures>
          <div class="split ${picked ? 'with-card' : ''}">
            <tree-view></tree-view>
            <node-card></node-card>
          </div>
          <story-list></story-list>` : nothing}
      </main>`;
  }

  updated() {
    document.title = `${headline()} — Tend`;
  }
}

function headline() {
  const { status, online } = watch;
  if (!status) return online ? 'Status' : 'No connection';
  if (!online) return 'No connection';
  const returning = nodes(status.tree).filter(({ state }) => state === 'restarting');
  if (returning.length === 1) return `${returning[0].name} is restarting`;
  if (returning.length > 1) return `${returning.length} parts are restarting`;
  if (status.closed.length) return status.closed.length === 1 ? 'A file cannot be used' : 'Files cannot be used';
  return 'Everything runs';
}

function subline() {
  const { status } = watch;
  if (!status) return nothing;
  const { resting } = status;
  const restarts = status.figures.find(({ key }) => key === 'restarts').value;
  return [
    ...status.closed.map(({ reason }) => reason),
    resting ? `${count(resting, 'list')} ${resting === 1 ? 'is' : 'are'} resting` : '',
    `up ${span(new Date(status.now) - new Date(status.up))}`,
    restarts ? `${count(restarts, 'restart')} in the last hour` : '',
    status.zombies.length ? `${count(status.zombies.length, 'thread')} outlived ${status.zombies.length === 1 ? 'its process' : 'their processes'}` : '',
  ].filter(Boolean).join(' · ');
}

customElements.define('status-app', StatusApp);
