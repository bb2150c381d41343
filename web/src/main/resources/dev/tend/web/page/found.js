import { html, nothing } from 'lit';
import { ui } from './tend.js';

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
