import { html, LitElement } from 'lit';
import './api-operation.js';
import { Document } from './api-document.js';

/** What /api/v1/openapi.json says, for people. */
class ApiPage extends LitElement {
  static properties = { document: { state: true }, trouble: { state: true } };

  createRenderRoot() {
    return this;
  }

  async connectedCallback() {
    super.connectedCallback();
    try {
      const answer = await fetch('/api/v1/openapi.json');
      if (!answer.ok) throw new Error(`the server answered ${answer.status}`);
      this.document = new Document(await answer.json());
      await this.updateComplete;
      document.getElementById(location.hash.slice(1))?.scrollIntoView();
    } catch (trouble) {
      this.trouble = trouble.message;
    }
  }

  render() {
    if (this.trouble) {
      return html`<main><h1>The description cannot be read now</h1><p>${this.trouble}. <a href="/api">Try again</a></p></main>`;
    }
    if (!this.document) return html`<main aria-busy="true"></main>`;
    const { info } = this.document.json;
    const groups = [...this.document.groups];
    return html`
      <nav aria-label="Operations">
        <a class="home" href="/">Tend</a>
        ${groups.map(([tag, operations]) => html`
          <h2>${tag}</h2>
          <ul>${operations.map((each) => html`<li><a href="#${each.operationId}">${each.summary}</a></li>`)}</ul>`)}
      </nav>
      <main>
        <h1>The API</h1>
        ${info.description.split('\n\n').map((part) => html`<p class="said">${part}</p>`)}
        <p><a href="/api/v1/openapi.json">openapi.json</a> is the same for programs.</p>
        ${groups.map(([tag, operations]) => html`
          <section aria-labelledby="of-${tag}">
            <h2 id="of-${tag}">${tag}</h2>
            ${operations.map((each) => html`<api-operation .operation=${each} .document=${this.document}></api-operation>`)}
          </section>`)}
      </main>`;
  }
}
customElements.define('api-page', ApiPage);
