import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { Part } from './part.js';
import { watch } from './watch.js';
import { minute, time } from './words.js';

const LOOKS = { restarted: 'back', told: 'back', rests: 'rests', overdue: 'rests' };

/** What has happened, the newest first. */
class StoryList extends Part {
  render() {
    return html`<section class="story" aria-labelledby="story"><h2 id="story">The story</h2>
      ${watch.story.length ? html`<div role="log" aria-labelledby="story"><ul>${repeat(watch.story, ({ id }) => id, line)}</ul></div>` : html`<p class="quiet">Nothing has failed since the server was started.</p>`}
    </section>`;
  }
}

function line({ at, kind, who, what, took, until, former, pid }) {
  const open = () => watch.pickProcess(former, who);
  return html`<li class="${LOOKS[kind] ?? 'late'}"><time datetime="${at}">${time(at)}</time><i></i>
    <span>${former ? html`<button class="who" title="What is known of it" @click=${open}>${who}</button>` : html`<b>${who}</b>`} ${until ? `rests until ${minute(until)}: it ${what.replace(/^rests after failing/, 'has failed')}` : what}</span>
    ${took ? html`<span class="took">${took}</span>` : nothing}</li>`;
}

customElements.define('story-list', StoryList);
